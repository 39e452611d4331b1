import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { root } from './server.ts'

export const migrations = readdirSync(join(root, 'migrations')).toSorted()

/** A database as the migrations make it. */
export function freshDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  for (const name of migrations) database.exec(readFileSync(join(root, 'migrations', name), 'utf8'))
  return database
}

/** The statements of the schema without their comments, of which wrangler keeps none. */
export const schemaOf = (database: DatabaseSync) =>
  namesIn(
    database,
    `select sql as name from sqlite_schema where sql is not null and tbl_name not in ('d1_migrations', 'sqlite_sequence')`,
  )
    .map((sql) => String(sql).replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' '))
    .toSorted()

/** The column `name` of what a query finds. */
export const namesIn = (database: DatabaseSync, query: string) =>
  database
    .prepare(query)
    .all()
    .map(({ name }) => name)
