import { expect, test } from 'vitest'
import { withUniqueNames } from '#/platform/database/unique-names.ts'

const join = ' from "a" inner join "b" on "a"."id" = "b"."id"'

test.each([
  ['select "a"."id", "b"."id"', 'select "a"."id" as "c0", "b"."id" as "c1"'],
  ['select distinct "a"."id", "b"."id"', 'select distinct "a"."id" as "c0", "b"."id" as "c1"'],
  [
    'select "a"."id", coalesce("a"."x", 0) as "x", "b"."id"',
    'select "a"."id" as "c0", coalesce("a"."x", 0) as "x", "b"."id" as "c2"',
  ],
  [
    'select exists (select "a"."x", "b"."x" from "b") as "y", "b"."id"',
    'select exists (select "a"."x", "b"."x" from "b") as "y", "b"."id" as "c1"',
  ],
])('%s of a join', (selection, named) => {
  expect(withUniqueNames(selection + join)).toBe(named + join)
})

test('a query of one table and a write stay as they are', () => {
  for (const query of ['select "id", "name" from "a"', 'update "a" set "x" = (select 1 from "b" join "c")']) {
    expect(withUniqueNames(query)).toBe(query)
  }
})
