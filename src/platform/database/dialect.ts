import { Column, SQL, sql } from 'drizzle-orm'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'

interface Selected {
  path: string[]
  field: unknown
}

/**
 * Writes SQL. D1 answers a batch with objects keyed by column name, so `course.code` and `term.code` of one joined row would collapse into
 * one (drizzle-orm#6038). Drizzle reads rows by position: a name of its own for each of them changes nothing but that.
 */
export const dialect = new SQLiteAsyncDialect()

const buildSelection = dialect['buildSelection'] as (fields: Selected[], options?: object) => SQL
dialect['buildSelection'] = (fields: Selected[], options?: object) =>
  buildSelection.call(dialect, fields.length > 1 ? withOwnNames(fields) : fields, options)

/** The first column of a name keeps it, unless something is selected under that name; expressions take the name of their field where it is free. */
function withOwnNames(fields: Selected[]): Selected[] {
  const taken = new Set<string>()
  for (const { field } of fields) if (field instanceof SQL.Aliased) taken.add(field.fieldAlias)
  const ofColumns = new Set(fields.map(({ field }) => (field instanceof Column ? field.name : undefined)))
  return fields.map((one, i) => {
    const { path, field } = one
    if (!(field instanceof Column || field instanceof SQL)) return one
    if (field instanceof Column && !taken.has(field.name)) {
      taken.add(field.name)
      return one
    }
    const own = path.join('.')
    const name = taken.has(own) || ofColumns.has(own) ? `c${i}` : own
    taken.add(name)
    return { path, field: sql`${field}`.as(name) }
  })
}
