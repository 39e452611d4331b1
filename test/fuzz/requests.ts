import type { Sample } from '../contract/sample-rows.ts'
import type { Operation } from './document.ts'
import {
  brokenBodies,
  hostileHeaders,
  hostileSegments,
  hostileText,
  hostileTexts,
  hostileValue,
  jsonText,
  withAssigned,
} from './hostile.ts'
import type { Random } from './random.ts'
import { wellFormed } from './well-formed.ts'

/** A request as it goes out. The path has its query and begins at the root. */
export interface FuzzedRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer> | undefined
}

/** The sample with one to all of its parts made hostile. `cursors` are those that the operation has answered with. */
export function fuzzed(
  operation: Operation,
  sample: Sample,
  random: Random,
  cursors: readonly string[],
): FuzzedRequest {
  const [address = '', given = ''] = (
    sample.path.startsWith('~') ? sample.path.slice(1) : `/api/v1${sample.path}`
  ).split('?')
  const type = sample.headers?.['content-type'] ?? (sample.body === undefined ? undefined : 'application/json')
  const query = queryOf(operation, given, random, cursors)
  const body = bodyOf(operation, sample.body, type, random)
  return {
    method: random.chance(3) ? random.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) : operation.method,
    path: `${random.chance(25) ? elsewhere(operation, address, random) : address}${query && `?${query}`}`,
    headers: {
      ...(body !== undefined && { 'content-type': type ?? 'application/json' }),
      ...sample.headers,
      ...(random.chance(15) && Object.fromEntries([random.pick(hostileHeaders), random.pick(hostileHeaders)])),
    },
    body,
  }
}

/** Another value for each parameter of the path: another row, or no row at all. */
function elsewhere({ path }: Operation, address: string, random: Random): string {
  const template = path.split('/')
  return address
    .split('/')
    .map((segment, at) => {
      if (!template[at]?.startsWith('{')) return segment
      return random.chance(40) ? String(1 + random.below(300)) : random.pick(hostileSegments)
    })
    .join('/')
}

function queryOf({ query }: Operation, given: string, random: Random, cursors: readonly string[]): string {
  const parameters = given ? [given] : []
  const more = query.length > 0 ? random.below(5) : Number(random.chance(5))
  for (let n = 0; n < more; n += 1) {
    const known = query.length > 0 && random.chance(85)
    const { name, schema } = known ? random.pick(query) : { name: unknownName(query, random), schema: {} }
    const value = valueFor(name, () => wellFormed(schema, random), random, cursors)
    parameters.push(`${encoded(name)}=${encoded(value)}`)
  }
  return parameters.join('&')
}

function unknownName(query: Operation['query'], random: Random): string {
  const lookup = random.pick(['__like', '__in', '__gte', '__contains', '__', '[]', '.id', "'--"])
  return query.length > 0 && random.chance(60) ? `${random.pick(query).name}${lookup}` : hostileText(random)
}

function valueFor(name: string, fitting: () => unknown, random: Random, cursors: readonly string[]): string {
  if (name === 'cursor' && random.chance(80)) return cursorOf(random, cursors)
  if (random.chance(40)) return hostileText(random)
  const value = String(fitting())
  return name.endsWith('__in') ? `${value},${random.chance(50) ? value : hostileText(random)}` : value
}

/** A real one, one that was cut, or one of which a byte is another. */
function cursorOf(random: Random, cursors: readonly string[]): string {
  const cursor = cursors.length > 0 ? random.pick(cursors) : ''
  switch (random.below(cursor ? 4 : 1)) {
    case 0:
      return inBase64(jsonText([random.pick(['id', '-id', '__proto__']), hostileText(random), hostileValue(random, 3)]))
    case 1:
      return cursor
    case 2:
      return `${cursor.slice(0, random.below(cursor.length))}${random.pick(['A', '_', '=', '%'])}`
    default: {
      const bytes = Uint8Array.fromBase64(cursor, { alphabet: 'base64url' })
      bytes[random.below(bytes.length)]! ^= 1 + random.below(255)
      return bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
    }
  }
}

const inBase64 = (text: string) => new TextEncoder().encode(text).toBase64({ alphabet: 'base64url' })

const encoded = (text: string) => encodeURIComponent(text.toWellFormed())

function bodyOf(operation: Operation, body: unknown, type: string | undefined, random: Random): FuzzedRequest['body'] {
  if (body === undefined && !operation.body) return random.chance(5) ? jsonText(hostileValue(random)) : undefined
  if (random.chance(6)) return random.pick(brokenBodies)
  if (typeof body === 'string') return type?.includes('form') ? formOf(body, random) : fileOf(body, random)
  return jsonText(jsonBody(operation, body as object | undefined, random))
}

function jsonBody({ body: schema }: Operation, sample: object | undefined, random: Random): unknown {
  const invented = () => (schema ? wellFormed(schema, random) : hostileValue(random))
  const valid = sample ?? invented()
  if (typeof valid !== 'object' || valid === null) return hostileValue(random)
  const places = placesIn(valid)
  switch (random.below(10)) {
    case 0:
    case 1:
      return withAssigned(valid, random)
    case 2:
      return invented()
    case 3:
      return withAssigned(Object(invented()) as object, random)
    case 4:
      return hostileValue(random)
    case 5: {
      // Two well-formed values of different kinds mixed: parts of the invented body in the place of the valid one.
      const other = Object(invented()) as Record<string, unknown>
      return Object.fromEntries(
        Object.entries({ ...valid, ...other }).map(([name, value]) => {
          const was = (valid as Record<string, unknown>)[name]
          return [name, was !== undefined && random.chance(50) ? was : value]
        }),
      )
    }
    case 6:
      return places.length > 0 ? changed(valid, random.pick(places), undefined) : valid
    case 7:
      return places.reduce((body, place) => changed(body, place, hostileValue(random)), valid as unknown)
    default:
      return places.length > 0 ? changed(valid, random.pick(places), hostileValue(random)) : valid
  }
}

type Place = readonly string[]

/** Where values are, however deep. */
const placesIn = (value: unknown): Place[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [[key], ...placesIn(inner).map((place) => [key, ...place])])
    : []

/** The value with another one at a place; `undefined` takes it out. */
function changed(value: unknown, [key, ...rest]: Place, to: unknown): unknown {
  if (key === undefined) return to
  if (typeof value !== 'object' || value === null) return value
  const inner = rest.length > 0 ? changed((value as Record<string, unknown>)[key], rest, to) : to
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === key ? inner : one))
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, name === key ? inner : one]))
}

function formOf(body: string, random: Random): string {
  const form = new URLSearchParams(body)
  const name = random.chance(60) ? random.pick([...form.keys()]) : hostileText(random)
  form[random.chance(70) ? 'set' : 'append'](name, hostileText(random))
  return form.toString()
}

/** Text put somewhere into a file, in the place of some of it. */
function fileOf(body: string, random: Random): string {
  const from = random.below(body.length + 1)
  const inserted = random.chance(60)
    ? hostileText(random)
    : random.pick(['"', '""', ',', '\n', ';', '\r', ',,,,,', hostileTexts.join('\n')])
  return `${body.slice(0, from)}${inserted}${body.slice(from + random.below(12))}`
}
