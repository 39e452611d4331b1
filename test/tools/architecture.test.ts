import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What each line of the tables of parts names: an area or a part beside them, and what is in it. */
const parts = new Map(
  [...readFileSync('docs/architecture.md', 'utf8').matchAll(/^\| `(\w+)\/?` \| (.*)$/gm)].map(([, part, told]) => [
    part!,
    [...told!.matchAll(/`([\w-]+)\/?`/g)].map(([, name]) => name!),
  ]),
)
const foldersIn = (path: string) =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))

test('the tables of parts name every folder of src', () => {
  expect(foldersIn('src').filter((part) => !parts.has(part))).toEqual([])
})

test.each(foldersIn('src'))('they name what is in %s', (part) => {
  expect(foldersIn(`src/${part}`).filter((module) => !parts.get(part)!.includes(module))).toEqual([])
})

test('an area is told with its modules alone', () => {
  const areas = foldersIn('src').filter((part) => !['platform', 'engines', 'wiring'].includes(part))
  const gone = areas.flatMap((area) =>
    parts.get(area)!.flatMap((module) => (foldersIn(`src/${area}`).includes(module) ? [] : `${area}/${module}`)),
  )
  // What finds clashes stands in a higher area.
  expect(gone).toEqual(['catalog/timetable'])
})
