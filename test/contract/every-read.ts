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
  /** Whether it was asked for with no query but a page size. */
  isPlain: boolean
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

/** Every address of every GET endpoint with every id in every place. */
export async function readPlainly(caller: Pick<Persona, 'get'>, bait: Bait): Promise<Reading[]> {
  return (await readAddresses(caller, bait)).map(({ plain }) => plain)
}

/**
 * The same, and every query parameter with every value; of a row that is not found or not theirs each parameter once, and of an export, which
 * reads what its list reads. Of the two files of an export, which are one reading in two spellings, only NDJSON is read so deeply.
 */
export async function readDeeply(caller: Pick<Persona, 'get'>, bait: Bait): Promise<Reading[]> {
  const addresses = await readAddresses(caller, bait)
  const queries = new Map(reads.map((endpoint) => [endpoint, queriesOf(endpoint, bait)]))
  const paths = addresses
    .filter(({ endpoint }) => !endpoint.path.endsWith('.csv'))
    .flatMap(({ endpoint, plain: { path, status } }) =>
      queries
        .get(endpoint)!
        .flatMap((values) =>
          ([401, 403, 404].includes(status) || path.startsWith('/exports/') ? values.slice(0, 1) : values).map(
            (one) => path + one,
          ),
        ),
    )
  const deep = await inTwenties(paths, async (path) => reading(path, false, await caller.get(path)))
  return [...addresses.map(({ plain }) => plain), ...deep]
}

const readAddresses = (caller: Pick<Persona, 'get'>, bait: Bait) =>
  inTwenties(
    reads.flatMap((endpoint) =>
      addressesOf(endpoint, bait).map((path) => [endpoint, path + pageSize(endpoint)] as const),
    ),
    async ([endpoint, path]) => ({ endpoint, plain: await reading(path, true, await caller.get(path)) }),
  )

/** Twenty at a time. */
async function inTwenties<In, Out>(all: readonly In[], act: (one: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = []
  for (let first = 0; first < all.length; first += 20)
    done.push(...(await Promise.all(all.slice(first, first + 20).map(act))))
  return done
}

async function reading(path: string, isPlain: boolean, answer: Answer): Promise<Reading> {
  const { status, data, headers, response } = answer
  const isPdf = headers.get('content-type') === 'application/pdf'
  const text = isPdf ? await textOf(await bytesOf(answer)) : new TextDecoder().decode(await response.arrayBuffer())
  return { path, isPlain, status, data, text }
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

/** For each parameter the queries that give it a value. */
function queriesOf(endpoint: Endpoint, bait: Bait): string[][] {
  const paging = ['page', 'page_size', 'cursor', 'count']
  return parametersOf(endpoint)
    .filter((parameter) => parameter.in === 'query' && !paging.includes(parameter.name))
    .map((parameter) => valuesFor(parameter, bait).map((value) => `&${parameter.name}=${encodeURIComponent(value)}`))
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
