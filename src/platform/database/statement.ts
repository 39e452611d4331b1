import type { BatchItem } from 'drizzle-orm/batch'

/** One statement of a batch, not run yet. */
export type Statement = BatchItem<'sqlite'>

/** What a batch answers for it. */
export type ResultOf<S> = S extends Statement ? S['_']['result'] : undefined
