import { type Endpoint, fullPath } from '#/platform/http/endpoint.ts'

/**
 * Endpoints in the order in which they are tried: of two that fit an address, the one with the leftmost literal segment comes first, wherever each
 * stands in the table. Throws when nothing but the name of a parameter tells two addresses apart.
 */
export function routeOrder(endpoints: readonly Endpoint[]): Endpoint[] {
  requireTold(endpoints)
  const keyed = endpoints.map((endpoint) => ({ endpoint, key: shapeOf(fullPath(endpoint)) }))
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ endpoint }) => endpoint)
}

/** A literal segment sorts before a parameter. */
const shapeOf = (path: string) =>
  segmentsOf(path)
    .map((segment) => (isParameter(segment) ? 1 : 0))
    .join('')

function requireTold(endpoints: readonly Endpoint[]) {
  const templates = new Map<string, string>()
  const operations = new Set<string>()
  for (const endpoint of endpoints) {
    const path = fullPath(endpoint)
    const address = addressOf(path)
    const known = templates.get(address) ?? path
    if (known !== path) throw new Error(`${known} and ${path} differ only in the name of a parameter`)
    templates.set(address, path)
    const operation = `${endpoint.method} ${address}`
    if (operations.has(operation)) throw new Error(`${endpoint.method} ${path} is declared twice`)
    operations.add(operation)
  }
}

/** What an address is without the names of its parameters. */
const addressOf = (path: string) =>
  segmentsOf(path)
    .map((segment) => (isParameter(segment) ? ':' : segment))
    .join('/')

const segmentsOf = (path: string) => path.split('/')
const isParameter = (segment: string) => segment.startsWith(':')
