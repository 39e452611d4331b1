/**
 * Strong validator of one resource in one representation: `"<row version>.<hash of the content>"`. `If-None-Match` compares all of it,
 * `If-Match` only the version, so that a figure derived from other rows (seats taken) does not make an edit stale.
 */
export const etagOf = (version: number, content: string) => `"${version}.${hash(content)}"`

/** The versions that an `If-Match` header accepts. What is no ETag of ours matches nothing. */
export function versionsIn(ifMatch: string): 'any' | number[] {
  const tags = ifMatch.split(',').map((tag) => tag.trim())
  if (tags.includes('*')) return 'any'
  return tags.flatMap((tag) => /^(?:W\/)?"(\d{1,15})(?:\.[0-9a-z]+)?"$/.exec(tag)?.[1] ?? []).map(Number)
}

/** Two 32-bit FNV-1a hashes over the UTF-16 units: quick, and enough to tell two representations of one row apart. */
function hash(text: string): string {
  let a = 0x811c9dc5
  let b = 0x01000193
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x811c9dc5 | 1)
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36)
}
