import * as z from 'zod'

type Fields = Record<string, unknown>

/** What of a body is well-formed. */
export interface Sound {
  fields: Fields
  /** The fields that are not. */
  wrong: ReadonlySet<string>
  /** What is well-formed inside of those: of a list each entry in its place. */
  parts: Fields
}

/** A body that is well-formed. */
export const allSound = (fields: Fields): Sound => ({ fields, wrong: new Set(), parts: {} })

/** The fields of an object that are well-formed, whatever the others are. */
export function soundFields(schema: z.ZodType, value: unknown): Sound {
  const inner = insideOf(schema)
  if (!(inner instanceof z.ZodObject) || typeof value !== 'object' || value === null) return allSound({})
  const read = Object.entries(inner.shape as Record<string, z.ZodType>).map(([name, field]) => {
    const given = (value as Fields)[name]
    const { success: isSound, data } = field.safeParse(given)
    return { name, isSound, data: isSound ? data : partOf(field, given) }
  })
  const those = (is: boolean) =>
    Object.fromEntries(
      read.filter(({ isSound, data }) => isSound === is && data !== undefined).map(({ name, data }) => [name, data]),
    )
  const wrong = read.filter(({ isSound }) => !isSound).map(({ name }) => name)
  return { fields: those(true), wrong: new Set(wrong), parts: those(false) }
}

/** What is well-formed of a value that is not, if it has parts. */
function partOf(schema: z.ZodType, value: unknown): unknown {
  const inner = insideOf(schema)
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.map((one) => {
      const { success, data } = (inner.element as z.ZodType).safeParse(one)
      return success ? data : partOf(inner.element as z.ZodType, one)
    })
  if (!(inner instanceof z.ZodObject)) return undefined
  const { fields, parts } = soundFields(inner, value)
  return { ...fields, ...parts }
}

/** What a schema says of a value that is there. */
const insideOf = (schema: z.ZodType): z.ZodType => {
  if (schema instanceof z.ZodPipe) return insideOf(schema.in as z.ZodType)
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
  return isWrapped ? insideOf(schema.unwrap() as z.ZodType) : schema
}
