import * as z from 'zod'
import type { Language } from './words.ts'
import { type ApiError, messageOf } from './errors.ts'

const option = z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false)

/** How a bulk write is asked for: all or nothing; decide and report, but write nothing. */
export const BulkOptions = z.strictObject({ atomic: option, dry_run: option })

/** What a bulk write did, item by item. */
export const BulkReport = z
  .object({
    created: z.int(),
    updated: z.int(),
    skipped: z.int(),
    failed: z.int(),
    errors: z.array(z.object({ index: z.int(), code: z.string(), message: z.string() })),
  })
  .meta({ id: 'BulkReport' })

export type BulkReport = z.output<typeof BulkReport>

interface Judgement<Item, Old> {
  /** What is wrong with an item, if anything. */
  problemOf: (item: Item, index: number) => ApiError | undefined
  /** The row that the item would change; none when it would create one. */
  oldOf: (item: Item) => Old | undefined
  isSame: (item: Item, old: Old) => boolean
}

/** Sorts the items of a bulk write into those to write and those to report by index. What is there already is skipped. */
export function planBulk<Item, Old>(
  items: readonly Item[],
  { problemOf, oldOf, isSame }: Judgement<Item, Old>,
  { atomic, dry_run, language }: z.output<typeof BulkOptions> & { language: Language },
): { toWrite: { item: Item; old: Old | undefined }[]; report: BulkReport } {
  const judged = items.map((item, index) => ({ item, index, error: problemOf(item, index), old: oldOf(item) }))
  const fitting = judged.filter(({ error }) => !error)
  const changed = fitting.filter(({ item, old }) => old === undefined || !isSame(item, old))
  const errors = judged.flatMap(({ error, index }) =>
    error ? [{ index, code: error.code, message: messageOf(error.declared, error.params, language) }] : [],
  )
  const failed = errors.length
  if (atomic && failed > 0)
    return { toWrite: [], report: { created: 0, updated: 0, skipped: fitting.length, failed, errors } }
  const created = changed.filter(({ old }) => old === undefined).length
  const updated = changed.length - created
  const report = { created, updated, skipped: fitting.length - changed.length, failed, errors }
  return { toWrite: dry_run ? [] : changed, report }
}
