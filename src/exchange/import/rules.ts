import type { Job } from './table.ts'

/** An import that changes more than this of what is there waits for a second word. Creating does not count; nothing is ever removed. */
export const needsConfirmation = ({ update, live }: { update: number; live: number }) =>
  update > 20 && update > live * 0.05

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
