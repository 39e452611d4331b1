import { chapters, endpoints } from '#/wiring/endpoints.ts'
import { type Endpoint, fullPath } from '#/platform/http/endpoint.ts'
import { openApiText } from '#/platform/http/openapi.ts'
import type { Answer } from '../call.ts'
import type { Persona } from '../world.ts'
import { bytesOf, textOf } from '../paperwork/transcript/issued.ts'

/** What to ask for: ids go into paths and id filters, texts into searches and text filters, numbers into number filters. */
export interface Bait {
  ids: readonly (number | string)[]
  texts: readonly string[]
  numbers: readonly number[]
}

export interface Reading {
  path: string
  status: number
  /** All that the answer says: JSON, page or the text of a PDF. */
  text: string
  data: unknown
}

interface Parameter {
  name: string
  in: string
  schema: { type?: string; enum?: string[]; pattern?: string; anyOf?: unknown[] }
}

const reads = endpoints.filter(({ method }) => method === 'get')

/**
 * Every address of every GET endpoint with every id in every place; with `deep` every query parameter, too. Of the two files of an export,
 * which are one reading in two spellings, only NDJSON is read so deeply.
 */
export async function readEverything(caller: Pick<Persona, 'get'>, bait: Bait, deep: boolean): Promise<Reading[]> {
  const asked = reads.flatMap((endpoint) =>
    addressesOf(endpoint, bait).flatMap((path) =>
      ['', ...(deep && !endpoint.path.endsWith('.csv') ? queriesOf(endpoint, bait) : [])].map(
        (query) => path + pageSize(endpoint) + query,
      ),
    ),
  )
  const readings: Reading[] = []
  for (let first = 0; first < asked.length; first += 20) {
    const some = asked.slice(first, first + 20)
    readings.push(...(await Promise.all(some.map(async (path) => reading(path, await caller.get(path))))))
  }
  return readings
}

async function reading(path: string, answer: Answer): Promise<Reading> {
  const { status, data, headers, response } = answer
  const isPdf = headers.get('content-type') === 'application/pdf'
  const text = isPdf ? await textOf(await bytesOf(answer)) : new TextDecoder().decode(await response.arrayBuffer())
  return { path, status, data, text }
}

function addressesOf(endpoint: Endpoint, { ids }: Bait): string[] {
  const start = endpoint.root ? '~' : ''
  const parts = endpoint.path.split(/(:\w+)/)
  return parts.reduce(
    (paths, part) =>
      part.startsWith(':') ? paths.flatMap((path) => ids.map((id) => path + id)) : paths.map((path) => path + part),
    [start],
  )
}

const pageSize = (endpoint: Endpoint) =>
  parametersOf(endpoint).some(({ name }) => name === 'page_size') ? '?page_size=200' : '?'

function queriesOf(endpoint: Endpoint, bait: Bait): string[] {
  const paging = ['page', 'page_size', 'cursor', 'count']
  return parametersOf(endpoint)
    .filter((parameter) => parameter.in === 'query' && !paging.includes(parameter.name))
    .flatMap((parameter) =>
      valuesFor(parameter, bait).map((value) => `&${parameter.name}=${encodeURIComponent(value)}`),
    )
}

function valuesFor({ name, schema }: Parameter, { ids, texts, numbers }: Bait): (string | number)[] {
  const rowIds = ids.filter((id) => typeof id === 'number')
  const pieces = texts.map((text) => text.slice(1, 5))
  if (name === 'ordering') return fieldsIn(schema.pattern!).flatMap((field) => [field, `-${field}`])
  if (name === 'search' || name === 'q') return [...texts, ...pieces]
  if (name.endsWith('__in')) return [rowIds.join(','), texts.join(','), numbers.join(',')]
  if (name.endsWith('__contains')) return pieces
  if (schema.enum) return schema.enum
  if (schema.anyOf) return ['2000-01-01', '2100-01-01']
  if (schema.type === 'integer') return rowIds
  if (schema.type === 'number') return [...numbers, 0, 100_000]
  return [...texts, 'true', 'false']
}

const fieldsIn = (pattern: string) => /\(\?:([\w|]+)\)/.exec(pattern)![1]!.split('|')

const document = JSON.parse(openApiText(chapters)) as {
  paths: Record<string, { get: { parameters?: Parameter[] } }>
}

const parametersOf = (endpoint: Endpoint) =>
  document.paths[fullPath(endpoint).replaceAll(/:(\w+)/g, '{$1}')]!.get.parameters ?? []
