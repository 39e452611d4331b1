import { readdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { readMigrations } from '../../scripts/read-migrations.mjs'

test('every migration, split as the benches split it, makes the database', async () => {
  const database = new DatabaseSync(':memory:')
  const migrations = await readMigrations()
  expect(migrations.map(({ name }) => name)).toEqual(readdirSync('migrations').toSorted())
  for (const { name, queries } of migrations)
    for (const [place, query] of queries.entries())
      expect(() => database.exec(query), `${name}, statement ${place + 1}`).not.toThrow()
  const { n } = database.prepare("select count(*) as n from sqlite_schema where type = 'trigger'").get() as {
    n: number
  }
  expect(n).toBeGreaterThan(100)
})
