import type * as z from 'zod'

/** What travels. Bound by the core type, which costs the compiler a fifth of what `z.ZodType` does. */
export type Schema<Output = unknown> = z.core.$ZodType<Output, unknown>
