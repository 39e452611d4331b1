import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map(({ parentPath, name }) => ({
    path: `${parentPath}/${name}`,
    text: readFileSync(`${parentPath}/${name}`, 'utf8'),
  }))

/** The tables and live views that the schema declares. */
const names = sources
  .filter(({ path }) => /\/tables?\.ts$/.test(path))
  .flatMap(({ text }) => [...text.matchAll(/\b(sqliteTable|sqliteView|softDeletable)\(\s*'(\w+)'/g)])
  .flatMap(([, made, name]) => (made === 'softDeletable' ? [name!, `live_${name}`] : [name!]))

/** The text of every template that is SQL, without what is interpolated; a template inside of another is one of its own. */
function templates(source: string): string[] {
  const found: string[] = []
  const opening = /\bsql(?:<[^`;=]*>)?(?:\.raw\(\s*)?`|\b(?:prepare|exec)\(\s*`/g
  for (const { index, 0: start } of source.matchAll(opening)) found.push(bodyOf(source, index + start.length))
  return found
}

function bodyOf(source: string, start: number): string {
  let text = ''
  let depth = 0
  for (let i = start; i < source.length; i += 1) {
    if (depth === 0 && source[i] === '`') break
    if (source.startsWith('${', i)) {
      depth += 1
      text += ' ? '
      i += 1
    } else if (depth > 0 && source[i] === '{') depth += 1
    else if (depth > 0 && source[i] === '}') depth -= 1
    else if (depth === 0) text += source[i]
  }
  return text
}

const named = new RegExp(
  `\\b(?:from|join|into|update) "?(${names.join('|')})\\b"?(?!\\()|\\b(${names.join('|')})\\.\\w+`,
  'gi',
)
/** A query that is text of its own, to be made into SQL elsewhere. */
const loose = /\bselect\b[^;]*?\b(?:from|join) live_\w+/gi
const bare = (source: string) =>
  [...templates(source).flatMap((text) => [...text.matchAll(named)]), ...source.matchAll(loose)].map(([found]) => found)

/** Files and folders where a name stands as text all the same, and why. */
const allowed: Record<string, string> = {
  'src/exchange/imported-entity':
    'Conditions over a staged row, which import-plan compiles; import-plan/row-sql.ts has the figures.',
  'src/operations/snapshot/change-log.ts':
    'Speaks to D1 itself: triggers on every table note what changes while a backup runs.',
}

test.each([
  'sql`select 1 from live_student where id = 1`',
  'sql<number>`(select count(*) from ${x} join "course" c on c.id = ${y})`',
  'sql`update outbox set id = 1`',
  'sql.raw(`result.id = 1`)',
  'db.prepare(`insert into score (id) values (1)`)',
  'sql`${a} and ${b({ c })} in (select 1 from term)`',
  'sql`${sql`select 1 from term`}`',
  "when: 'exists (select 1 from live_student where id = {student_id})'",
])('%s names a table as text', (source) => {
  expect(bare(source)).not.toEqual([])
})

test.each([
  'sql`select 1 from ${student} where ${student.id} = 1`',
  'sql`select 1 from json_each(${x}) term`',
  'new Map(`from term`)',
  'sql`${find({ from: `student` })}`',
])('%s does not', (source) => {
  expect(bare(source)).toEqual([])
})

test('tables and live views stand in SQL as values', () => {
  expect(names.length).toBeGreaterThan(60)
  const placeOf = (path: string) => Object.keys(allowed).find((place) => path.startsWith(`${place}/`)) ?? path
  const found = new Set(sources.flatMap(({ path, text }) => bare(text).map(() => placeOf(path))))
  expect(sources.length).toBeGreaterThan(500)
  expect([...found].toSorted()).toEqual(Object.keys(allowed).toSorted())
})
