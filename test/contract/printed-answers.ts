import { chapters } from '#/wiring/endpoints.ts'
import { openApiText } from '#/platform/http/openapi.ts'

interface JsonSchema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
}

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>
}

interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonSchema> }
}

/** Addresses as a tree of their parts; `:` stands for any value. Under a method: the type of what it answers. */
interface Tree {
  [part: string]: Tree | string
}

/** test/answers.ts: what each operation answers, as types. The callers of tests know by them what `data` is. */
export function printedAnswers(): string {
  const { paths, components } = JSON.parse(openApiText(chapters)) as Document
  const tree: Tree = {}
  for (const [path, operations] of Object.entries(paths))
    for (const [method, operation] of Object.entries(operations))
      place(tree, partsOf(path), method.toUpperCase(), answerOf(operation))
  const types = namesIn(print(tree), components.schemas)
    .toSorted()
    .map((name) => `type ${name} = ${typeOf(components.schemas[name]!)}\n`)
  return `// Printed from the endpoint table by \`npm run snapshots\`.
/* oxlint-disable max-lines */

/** What each operation answers: its address part by part, \`:\` for any value, then its method. */
export interface Answers ${print(tree)}

${types.join('\n')}`
}

/** Below /api/v1 an address begins with its first word, elsewhere with \`~\`. */
const partsOf = (path: string) =>
  path
    .replaceAll(/\{\w+\}/g, ':')
    .replace(/^\/api\/v1\/|^/, (start) => (start ? '' : '~'))
    .split('/')

function place(tree: Tree, [part, ...rest]: string[], method: string, type: string) {
  const below = (tree[part!] ??= {}) as Tree
  if (rest.length > 0) place(below, rest, method, type)
  else below[method] = type
}

/**
 * The type of `data`; of an answer without an envelope all of it, of one that is no JSON nothing. Of several it may be, a test knows which
 * it expects: the type has the fields of each.
 */
function answerOf({ responses }: Operation): string {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2'))!
  const schema = success.content?.['application/json']?.schema
  if (!schema) return 'null'
  const data = schema.properties?.['success'] ? schema.properties['data']! : schema
  return (data.anyOf ?? [data]).map(typeOf).join(' & ')
}

function print(tree: Tree, indent = ''): string {
  const lines = Object.entries(tree).map(
    ([part, below]) => `${indent}  ${key(part)}: ${typeof below === 'string' ? below : print(below, `${indent}  `)}\n`,
  )
  return `{\n${lines.join('')}${indent}}`
}

const key = (name: string) => (/^\w+$/.test(name) ? name : `'${name}'`)

/** The named types that a text leads to, those within them included. */
function namesIn(text: string, schemas: Record<string, JsonSchema>, known: string[] = []): string[] {
  for (const [name] of text.matchAll(/\b[A-Z]\w+\b/g)) {
    if (!(name in schemas) || known.includes(name)) continue
    known.push(name)
    namesIn(typeOf(schemas[name]!), schemas, known)
  }
  return known
}

function typeOf(schema: JsonSchema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1)!
  if ('const' in schema) return literal(schema.const)
  if (schema.enum) return schema.enum.map(literal).join(' | ')
  const several = schema.anyOf ?? schema.oneOf
  if (several) return [...new Set(several.map(typeOf))].join(' | ')
  if (schema.allOf && !schema.type) return schema.allOf.map((one) => `(${typeOf(one)})`).join(' & ')
  return [schema.type ?? 'unknown']
    .flat()
    .map((type) => plain(type, schema))
    .join(' | ')
}

const literal = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value))

function plain(type: string, schema: JsonSchema): string {
  if (type === 'array')
    return schema.prefixItems ? `[${schema.prefixItems.map(typeOf).join(', ')}]` : `(${typeOf(schema.items ?? {})})[]`
  if (type === 'object') return objectOf(schema)
  return type === 'integer' ? 'number' : type
}

function objectOf({ properties = {}, required = [], additionalProperties }: JsonSchema): string {
  const open = typeof additionalProperties === 'object' && Object.keys(properties).length === 0
  if (open) return `Record<string, ${typeOf(additionalProperties)}>`
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  )
  return fields.length > 0 ? `{ ${fields.join('; ')} }` : 'Record<string, unknown>'
}
