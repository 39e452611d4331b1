import * as z from 'zod'

type Fields = Record<string, unknown>

/** The fields of an object that are well-formed, whatever the others are. */
export function soundFields(schema: z.ZodType, value: unknown): Fields {
  if (schema instanceof z.ZodPipe) return soundFields(schema.in as z.ZodType, value)
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
      const result = field.safeParse((value as Fields)[name])
      return result.success && result.data !== undefined ? [[name, result.data]] : []
    }),
  )
}
