import { type SQL, sql } from 'drizzle-orm'
import { auditLog } from '#/platform/audit/table.ts'
import type { Phrase } from '#/platform/errors.ts'
import { type Said, saidOf } from '#/platform/text/said-of.ts'
import { importVerbs, notes, nouns, verbs } from './act-words.ts'
import { refused } from './summary-of.ts'

const { action, entity_type, success, summary } = auditLog
const isImported = sql`${action} like 'import.%' and ${entity_type} <> 'import'`
const verb: SQL = sql`iif(${isImported}, 'import ', '') || substr(${action}, instr(${action}, '.') + 1)`

const tried: SQL = sql`iif(${success}, '', substr(${action}, 1, instr(${action}, '.') - 1))`

const inBoth = ({ en, el }: Phrase) => `${en} ${el}:`
const each = <Value>(of: Readonly<Record<string, Value>>, text: (value: Value, key: string) => string) =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, text(value, key)]))

/** The words of a summary that no row holds: of what was done, to what, and whether it was refused. */
export const summarySaid: readonly Said[] = [
  saidOf(verb, () => ({
    ...each(verbs, inBoth),
    ...Object.fromEntries(Object.entries(importVerbs).map(([key, phrase]) => [`import ${key}`, inBoth(phrase)])),
  })),
  saidOf(sql`${entity_type}`, () => each(nouns, (noun, key) => `${noun} ${key.replaceAll('_', ' ')}`)),
  saidOf(tried, () => each(nouns, (noun, key) => `${noun} ${key.replaceAll('_', ' ')}`)),
  saidOf(sql`${summary}`, () => notes),
  saidOf(sql`iif(${success}, 'done', 'refused')`, () => ({ refused: `${refused.en} ${refused.el}` })),
]
