import * as z from 'zod'
import type { Endpoint } from '#/platform/http/endpoint.ts'

export interface JsonSchema {
  $ref?: string
  $defs?: Record<string, JsonSchema>
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  anyOf?: JsonSchema[]
}

/** The body of an operation as JSON Schema, and what it refers to. */
export function schemaOf({ body }: Pick<Endpoint, 'body'>): [JsonSchema, JsonSchema['$defs']] {
  const schema = z.toJSONSchema(body as z.ZodType, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  return [schema, schema.$defs]
}

/** A schema and its alternatives, references followed. */
export function branches(schema: JsonSchema, defs: JsonSchema['$defs']): JsonSchema[] {
  if (schema.$ref) return branches(defs![schema.$ref.split('/').at(-1)!]!, defs)
  return [schema, ...(schema.anyOf ?? []).flatMap((one) => branches(one, defs))]
}

/** The fields that the body of an operation declares, at its top. */
export const fieldsOf = (endpoint: Endpoint): string[] =>
  endpoint.body === undefined || endpoint.bodyType === 'pdf'
    ? []
    : branches(...schemaOf(endpoint)).flatMap(({ properties }) => Object.keys(properties ?? {}))
