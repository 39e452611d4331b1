import { fillPlaceholders, type SQL, sql } from 'drizzle-orm'

/** Where the values of a request go in a statement that is written once: each by its name, which is all that is known of it. */
export type Given<Name extends string> = Readonly<Record<Name, SQL>>

/** As the driver takes them: no booleans, no objects. */
export type Values<Name extends string> = Readonly<Record<Name, string | number | null>>

export const given = new Proxy({}, { get: (_, name) => sql`${sql.placeholder(String(name))}` }) as Given<string>

/** A text with what goes in the place of each `?`. */
export interface Written {
  sql: string
  params: unknown[]
}

export const filled = ({ params }: Written, values: Values<string>): unknown[] => fillPlaceholders(params, values)
