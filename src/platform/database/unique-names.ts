/**
 * D1 answers a batch with objects keyed by column name, so `course.code` and `term.code` of one joined row would collapse into one.
 * Drizzle reads rows by position; giving every plain column of the selection its own name therefore changes nothing but that.
 */
export function withUniqueNames(query: string): string {
  const [start] = /^select (?:distinct )?/.exec(query) ?? []
  if (!start || !query.includes(' join ')) return query
  const { items, end } = selectionOf(query, start.length)
  const named = items.map((item, i) => (plainColumn.test(item) ? `${item} as "c${i}"` : item))
  return start + named.join(', ') + query.slice(end)
}

const plainColumn = /^"\w+"\."\w+"$/

/** The selected items, and where the ` from ` behind them begins. Commas and keywords inside of parentheses do not count. */
function selectionOf(query: string, start: number): { items: string[]; end: number } {
  const items: string[] = []
  let [depth, itemStart, i] = [0, start, start]
  for (; i < query.length; i += 1) {
    if (query[i] === '(') depth += 1
    else if (query[i] === ')') depth -= 1
    else if (depth === 0 && query.startsWith(', ', i)) {
      items.push(query.slice(itemStart, i))
      itemStart = i + 2
    } else if (depth === 0 && query.startsWith(' from ', i)) break
  }
  return { items: [...items, query.slice(itemStart, i)], end: i }
}
