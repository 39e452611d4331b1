import openApi from '../../openapi.json?raw'

/** The part of JSON Schema that the document uses. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

interface Parameter {
  in: string
  name: string
  schema: Schema
}

interface Response {
  $ref?: string
  description?: string
}

interface Described {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, Response>
}

interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> }
}

/** What the document promises about one operation. */
export interface Operation {
  id: string
  method: string
  path: string
  query: Parameter[]
  body: Schema | undefined
  mediaType: string | undefined
  /** `404 COURSE_NOT_FOUND` for each error it may answer. */
  refusals: Set<string>
}

const document = JSON.parse(openApi) as Document

/** What a reference stands for; anything else stands for itself. */
export function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : document.components.schemas[name]!
}

export const operations: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => operationOf(path, method, described)),
)

function operationOf(path: string, method: string, described: Described): Operation {
  const content = Object.entries(described.requestBody?.content ?? {})[0]
  return {
    id: described.operationId,
    method: method.toUpperCase(),
    path,
    query: (described.parameters ?? []).filter((parameter) => parameter.in === 'query'),
    body: content?.[1].schema,
    mediaType: content?.[0],
    refusals: new Set(Object.entries(described.responses).flatMap(refusalsOf)),
  }
}

/** The codes of a status stand in the description of its response. */
function refusalsOf([status, response]: [string, Response]): string[] {
  const name = response.$ref?.split('/').at(-1)
  const { description = '' } = name === undefined ? response : document.components.responses[name]!
  return [...description.matchAll(/^`([A-Z][A-Z0-9_]+)`: /gm)].map(([, code]) => `${status} ${code}`)
}
