import { chapters } from '#/wiring/endpoints.ts'
import { type Endpoint, fullPath } from '#/platform/http/endpoint.ts'
import { openApiText } from '#/platform/http/openapi.ts'
import worker from '#/worker.ts'
import type { Env } from '#/platform/env.ts'
import { databaseBehind } from '../platform/database/between.ts'
import { type Persona, testEnv } from '../world.ts'

/** What a GET sends to the database, and how it is answered: the lines of EXPLAIN QUERY PLAN of each statement. */
export async function plansOf({ token }: Pick<Persona, 'token'>, path: string) {
  const texts: string[] = []
  const DB = databaseBehind((some, run) => {
    texts.push(...some)
    return run()
  })
  const execution = { waitUntil: () => undefined } as unknown as ExecutionContext
  const request = new Request(`http://lyceum.test/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
  const { status } = await worker.fetch(request, { ...testEnv, DB } as Env, execution)
  return { status, plans: await Promise.all(texts.map(planOf)) }
}

/** EXPLAIN reads no values, but wants as many as there are places. */
async function planOf(text: string): Promise<{ text: string; lines: string[] }> {
  const places = text.replaceAll(/'[^']*'/g, '').split('?').length - 1
  const { results } = await testEnv.DB.prepare(`explain query plan ${text}`)
    .bind(...Array.from({ length: places }, () => 1))
    .all<{ detail: string }>()
  return { text, lines: results.map(({ detail }) => detail) }
}

type Fault = 'scan' | 'sort'

/**
 * What is wrong with how a list is answered. A walk in the order of the list ends with its page, and one that counts after 10,000 rows: but only
 * where no filter leaves rows out. Deleted rows, as what JSON holds, are few.
 */
export function faultsOf(plans: readonly { text: string; lines: string[] }[], isFiltered: boolean): Fault[] {
  const sorts = plans.some(({ lines }) => lines.some((line) => /^USE TEMP B-TREE FOR (?:ORDER|LAST)/.test(line)))
  const scans = plans.some(({ text, lines }) => !text.startsWith('with kept') && lines.some(isScan))
  return [...(isFiltered && scans ? (['scan'] as const) : []), ...(sorts ? (['sort'] as const) : [])]
}

const isScan = (line: string) => /^SCAN (?!CONSTANT|json_each|\(|kept)/.test(line) && !line.endsWith('_deleted')

interface Parameter {
  name: string
  in: string
  schema: { type?: string; enum?: string[]; pattern?: string; anyOf?: unknown[]; format?: string }
}

const document = JSON.parse(openApiText(chapters)) as {
  paths: Record<string, { get: { parameters?: Parameter[] } }>
}

/** The queries of a list: none, each ordering in both directions, each filter. */
export function queriesOf(endpoint: Endpoint): string[] {
  const { parameters = [] } = document.paths[fullPath(endpoint).replaceAll(/:(\w+)/g, '{$1}')]!.get
  const own = parameters.filter(({ in: place, name }) => place === 'query' && !paging.has(name))
  const one = (name: string) => own.find((parameter) => parameter.name === name.replace('__in', ''))!
  return ['', ...own.flatMap(({ name }) => valuesFor(one(name)).map((value) => `${name}=${value}`))]
}

/** Searches have tests of their own. */
const paging = new Set(['page', 'page_size', 'cursor', 'count', 'search'])

function valuesFor({ name, schema }: Parameter): (string | number)[] {
  if (name === 'ordering')
    return /\(\?:([\w|]+)\)/
      .exec(schema.pattern!)![1]!
      .split('|')
      .flatMap((field) => [field, `-${field}`])
  if (schema.enum) return [schema.enum[0]!]
  if (schema.anyOf || schema.format === 'date') return ['2026-01-01']
  return schema.type === 'integer' || schema.type === 'number' ? [1] : ['true']
}
