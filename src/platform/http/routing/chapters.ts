import type { Chapters } from '#/platform/http/endpoint.ts'

/** Chapters in this order; several areas may write in one. Throws for one without a place, whose operations nobody would serve. */
export function inOrder(order: readonly string[], parts: readonly Chapters[]): Chapters {
  const homeless = parts.flatMap(Object.keys).filter((chapter) => !order.includes(chapter))
  if (homeless.length > 0) throw new Error(`no place in the reference: ${homeless.join(', ')}`)
  return Object.fromEntries(order.map((chapter) => [chapter, parts.flatMap((part) => part[chapter] ?? [])]))
}
