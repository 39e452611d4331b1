import type { Job } from './table.ts'

/** How much is worked through at once. */
export const sizes = {
  /** A request answers at once for files up to this. */
  small: { bytes: 256 * 1024, rows: 1000 },
  largest: 32 * 1024 * 1024,
  readBytes: 256 * 1024,
  readRows: 5000,
  planLines: 5000,
  writeLines: 4096,
} as const

/** An import that changes more than this of what is there waits for a second word. Creating does not count; nothing is ever removed. */
export const needsConfirmation = ({ update, live }: { update: number; live: number }) =>
  update > 20 && update > live * 0.05

/** D1 takes 2 MB in one parameter: so many rows, problems or texts are handed over at once. */
const perParameter = 1000

/** A list in pieces that fit a parameter. */
export const inPieces = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / perParameter) }, (_, index) =>
    list.slice(index * perParameter, (index + 1) * perParameter),
  )

/** States in which nobody works on an import. */
export const restingStates: Job['state'][] = ['needs_confirmation', 'finished', 'failed']
export const isBusy = ({ state }: Pick<Job, 'state'>) => !restingStates.includes(state)

/** Percent of the work that is done: reading and comparing are about half of it. */
export function progressOf({ state, position, size, cursor, last_line }: Job): number {
  const share = (from: number, to: number, done: number, all: number) =>
    Math.floor(from + (all > 0 ? Math.min(done / all, 1) : 0) * (to - from))
  switch (state) {
    case 'queued':
      return 0
    case 'reading':
      return share(0, 25, position, size)
    case 'planning':
      return share(25, 45, cursor, last_line)
    case 'updating':
      return share(50, 70, cursor, last_line)
    case 'creating':
      return share(70, 99, cursor, last_line)
    case 'finished':
    case 'failed':
      return 100
    default:
      return 50
  }
}
