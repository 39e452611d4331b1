import { SQL } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { dialect } from '#/platform/database/dialect.ts'
import type { Fields, Rule } from '#/platform/database/rule/rule.ts'
import { endpoints } from '#/wiring/endpoints.ts'
import { systemContext, world } from '../world.ts'

beforeAll(() => world())

/** Every rule that a body can be refused by, with the operation that has it. */
const rules = endpoints.flatMap(({ id, rowOf, rules: own = [] }) =>
  [...(rowOf?.rules ?? []), ...own].map(
    (rule) => [`${id}: ${rule.error.code} of ${rule.fields.join(', ')}`, rule] as const,
  ),
)

/** A row that has the fields of the rule alone, as when every other field is not well-formed. */
function bare({ fields, beside = [] }: Rule): Fields {
  const own = new Set<string>([...fields, ...beside])
  return new Proxy({}, { get: (_, name) => (own.has(String(name)) ? 1 : undefined) })
}

test('what a rule asks the database is made of the fields that it names', async () => {
  expect(rules.length).toBeGreaterThan(100)
  const ctx = systemContext()
  const asked: string[] = []
  const lacking: string[] = []
  for (const [name, rule] of rules) {
    const question = await Promise.resolve()
      .then(() => rule.breaks(bare(rule), { ctx, id: 1 }))
      // A field that is a list or a text is more than 1.
      .catch(() => undefined)
    if (!(question instanceof SQL)) continue
    asked.push(name)
    if (dialect.sqlToQuery(question).params.includes(undefined)) lacking.push(name)
  }
  expect(asked.length).toBeGreaterThan(60)
  expect(lacking).toEqual([])
})
