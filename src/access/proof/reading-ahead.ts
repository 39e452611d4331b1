/** A read that may be looked at before it is needed: who takes it gets what was seen, and the next one reads anew. */
export function readingAhead<Read>(read: () => Promise<Read>) {
  let seen: Promise<Read> | undefined
  return {
    look: () => (seen ??= read()),
    take: () => {
      const taken = seen ?? read()
      seen = undefined
      return taken
    },
  }
}
