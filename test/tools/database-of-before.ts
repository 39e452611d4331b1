import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

export const at = "'2026-01-10T08:00:00.000Z'"
export const stamps = `${at}, ${at}`

/** An empty database that is brought up to date in steps: each takes the migrations whose number is `wanted`, in their order. */
export function databaseOfBefore() {
  const db = new DatabaseSync(':memory:')
  const files = readdirSync('migrations').filter((name) => name.endsWith('.sql'))
  const migrate = (wanted: (number: number) => boolean) => {
    for (const file of files.filter((name) => wanted(Number(name.slice(0, 4)))).toSorted())
      db.exec(`begin; ${readFileSync(`migrations/${file}`, 'utf8')}
 commit;`)
  }
  const all = (statement: string) =>
    db
      .prepare(statement)
      .all()
      .map((row) => ({ ...row }))
  return { exec: (statements: string) => db.exec(statements), migrate, all }
}
