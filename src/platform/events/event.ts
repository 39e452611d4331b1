import type { SQL } from 'drizzle-orm'
import * as z from 'zod'
import { writtenId } from '#/platform/audit/written-id.ts'
import type { Shape } from '#/platform/queue/message-types.ts'

const told = Symbol('event')

/** What a write tells. Only a declared event makes one. */
export interface Happening {
  readonly [told]: true
  readonly type: string
  readonly fields: Readonly<Record<string, unknown>>
}

type Values<Fields extends Shape> = z.output<z.ZodObject<Fields>>

/** Something that may happen, in the words of the area that does it. Called with its fields it is what a write tells. */
export interface Event<Fields extends Shape, Id extends string> {
  (fields: z.input<z.ZodObject<Fields>>): Happening
  readonly type: string
  /** The fields as they travel through the queue. */
  readonly fields: Fields & Record<Id, z.ZodInt>
  /** The fields as subscribers of the same write get them: for types alone. */
  readonly inWrite?: Values<Fields> & Record<Id, SQL<number>>
}

const types = new Set<string>()

/**
 * Declares an event of a module, by ids: no event holds personal data. `written` names the field for the id of the row that the write
 * inserts; nobody gives that one. A type is declared once.
 */
export function event<Fields extends Shape, Id extends string = never>(
  type: string,
  fields: Fields,
  written?: Id,
): Event<Fields, Id> {
  if (types.has(type)) throw new Error(`${type} is declared twice`)
  types.add(type)
  const id = <Value>(value: Value) => (written === undefined ? {} : { [written]: value }) as Record<Id, Value>
  const tell = (given: object): Happening => ({ [told]: true, type, fields: { ...given, ...id(writtenId) } })
  return Object.assign(tell, { type, fields: { ...fields, ...id(z.int()) } })
}
