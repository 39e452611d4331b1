import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map(({ parentPath, name }) => `${parentPath}/${name}`)

/**
 * A select of the query builder names its columns, and Drizzle compares the names. A select that is written as text gives its values by
 * position, whatever they are called: `insert(table).select(sql...)`, or `insert into table select ...` without columns.
 */
function positional(text: string): string[] {
  const built = [...text.matchAll(/\.insert\([^()]*\)\s*\.select\(\s*(?!(?:\w+\.)*db\s*\.select\b|\(?\w+\)?\s*=>)/g)]
  const written = [...text.matchAll(/\binsert(?: or \w+)? into (?:"?[\w.]+"?|\$\{[^}]*\}) (?:select|values)\b/gi)]
  return [...built, ...written].map(([found]) => found.replaceAll(/\s+/g, ' '))
}

/** Where values are given by position all the same, and why that cannot go wrong or is worth it. */
const allowed: Record<string, string> = {
  'src/platform/database/insert-from.ts': 'Puts what goes into each column in its place by its name.',
  'src/exchange/import/plan-sql.ts': 'Not yet by name.',
  'src/exchange/import/read-step.ts': 'Not yet by name.',
  'src/exchange/import/write-sql.ts': 'Not yet by name.',
  'src/operations/backup/change-log.ts': 'Not yet by name.',
  'src/operations/backup/load.ts': 'Not yet by name.',
  'src/operations/backup/maintenance.ts': 'A guard of one column.',
  'src/operations/backup/run.ts': 'A guard of one column.',
  'src/operations/backup/swap.ts': 'A whole row into a table of the same columns.',
}

test.each([
  'ctx.db.insert(score).select(sql`select null, value ->> 0`)',
  'db\n  .insert(score)\n  .select(\n    select,\n  )',
  'sql`insert into score select 1`',
  'sql`insert or ignore into ${score} select 1`',
  "prepare('INSERT INTO score VALUES (1)')",
])('%s is positional', (text) => {
  expect(positional(text)).toHaveLength(1)
})

test.each([
  'ctx.db.insert(score).select(ctx.db.select({ id: other.id }).from(other))',
  'db.insert(score).select((builder) => builder.select({ id: other.id }).from(other))',
  'db.insert(score).values({ id: 1 })',
  'sql`insert into score (id, value) select 1, 2`',
])('%s is by name', (text) => {
  expect(positional(text)).toEqual([])
})

test('rows go in by the names of their columns', () => {
  const others = sources.filter((path) => !(path in allowed))
  expect(others.length).toBeGreaterThan(400)
  expect(others.flatMap((path) => positional(readFileSync(path, 'utf8')).map((found) => `${path}: ${found}`))).toEqual(
    [],
  )
})
