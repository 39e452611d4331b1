import * as z from 'zod'

/**
 * The body as it was meant: an optional text that is left empty is not given. Forms send '' for what nobody filled in. A text that must be
 * there stays as it is, and its schema says so; in a PATCH that is every text that cannot be null, as leaving it out would change nothing.
 */
export function withoutBlanks(schema: z.ZodType, value: unknown, isPatch: boolean): unknown {
  if (schema instanceof z.ZodArray && Array.isArray(value))
    return value.map((one) => withoutBlanks(schema.element as z.ZodType, one, isPatch))
  if (schema instanceof z.ZodObject && isRecord(value)) return ofFields(schema.shape, value, isPatch)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return withoutBlanks(schema.unwrap() as z.ZodType, value, isPatch)
  return schema instanceof z.ZodPipe ? withoutBlanks(schema.in as z.ZodType, value, isPatch) : value
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function ofFields(shape: z.ZodRawShape, value: Record<string, unknown>, isPatch: boolean): Record<string, unknown> {
  const fields = Object.entries(value).flatMap(([name, given]): [string, unknown][] => {
    const field = Object.hasOwn(shape, name) ? (shape[name] as z.ZodType) : undefined
    if (!field) return [[name, given]]
    if (!isBlank(given)) return [[name, withoutBlanks(field, given, isPatch)]]
    const nothing = nothingOf(field)
    if (nothing === 'null') return [[name, null]]
    return nothing === 'required' || isPatch ? [[name, given]] : []
  })
  return Object.fromEntries(fields)
}

const isBlank = (value: unknown) => typeof value === 'string' && value.trim() === ''

/** What a field takes for nothing. */
type Nothing = 'null' | 'absent' | 'required'
const known = new WeakMap<z.ZodType, Nothing>()

function nothingOf(field: z.ZodType): Nothing {
  const found = (value: unknown) => field.safeParse(value).success
  const nothing = known.get(field) ?? (found(null) ? 'null' : found(undefined) ? 'absent' : 'required')
  known.set(field, nothing)
  return nothing
}
