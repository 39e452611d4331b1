import { sha256Hex } from '#/platform/digest.ts'

/** SHA-256 of what a document certifies, as JSON with sorted keys, hex. */
export const digestOf = (certified: object) => sha256Hex(canonical(certified))

/** JSON with the keys of every object in order, so that equal records have equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}
