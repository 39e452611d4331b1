import type { Persona, World } from '../world.ts'

/** One way to break a rule of a kind of row: what is given for it, and the field and the code that are told. */
export interface Fault {
  given: Record<string, unknown>
  at: string
  code: string
  /** Fields beside them that it depends on: of one that is wrong itself nothing is known. */
  on?: string[]
}

export interface Faulty {
  path: string
  /** What makes a row, in a body of its own each time. */
  sound: () => Record<string, unknown>
  /** A row that is there: PATCH is refused for the same faults. */
  row?: string
  /** What is not well-formed, whatever else is given. */
  malformed: Record<string, unknown>
  faults: Fault[]
  /** Those that only a new row has, and only one that is there. */
  creating?: Fault[]
  changing?: Fault[]
}

export const nowhere = 999_999
export const fault = (code: string, at: string, value: unknown, ...on: string[]): Fault => ({
  code,
  at,
  given: { [at.split('.')[0]!]: value },
  on,
})

export type FaultyRow = (w: World, caller: Persona) => Promise<Faulty>

/** Neither gives what the other does, or depends on. */
export const areApart = (one: Fault, other: Fault) =>
  [one, other].every((fault) => {
    const { given } = fault === one ? other : one
    return ![...Object.keys(fault.given), ...(fault.on ?? [])].some((field) => field in given)
  })
