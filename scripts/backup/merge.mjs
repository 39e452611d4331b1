// Rows of a table as they were copied, and what changed meanwhile, become the rows as they were at the end. Both are in the order of the key.

/** The changes of a table, the last one of each row, those with the highest keys first: `{ key, line }`, without a line when the row is gone. */
export function changesOf(table, lines) {
  const changes = new Map()
  for (const text of lines) {
    const { gone } = JSON.parse(text)
    const key = gone ?? keyOf(table, text)
    changes.set(JSON.stringify(key), { key, line: gone ? undefined : text })
  }
  return [...changes.values()].toSorted((a, b) => compare(b.key, a.key))
}

/** The next rows with the changes up to the last of them; takes these from `pending`. */
export function merge({ table, pending }, lines) {
  const merged = []
  for (const [place, line] of lines.entries()) {
    if (pending.length === 0) return merged.concat(lines.slice(place))
    const key = keyOf(table, line)
    let order = -1
    while (pending.length > 0 && (order = compare(pending.at(-1).key, key)) <= 0) {
      const change = pending.pop()
      if (change.line) merged.push(change.line)
      if (order === 0) break
    }
    if (order !== 0) merged.push(line)
  }
  return merged
}

/** The rows behind all others. */
export const rest = (pending) => pending.toReversed().flatMap(({ line }) => (line ? [line] : []))

function keyOf({ columns, key }, line) {
  const values = JSON.parse(line)
  return key.map((column) => values[columns.indexOf(column)])
}

/** As SQLite does: integers before texts, texts by their bytes. */
function compare(a, b) {
  for (const [place, one] of a.entries()) {
    const other = b[place]
    if (one === other) continue
    if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1
    return typeof one === 'number' ? one - other : Buffer.compare(Buffer.from(one), Buffer.from(other))
  }
  return 0
}
