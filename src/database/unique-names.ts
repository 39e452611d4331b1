/**
 * D1 answers a batch with objects keyed by column name, so `course.code` and `term.code` of one joined row would collapse into one.
 * Drizzle reads rows by position; giving every plain column of the selection its own name therefore changes nothing but that.
 */
export function withUniqueNames(query: string): string {
  if (!query.startsWith('select ') || !query.includes(' join ')) return query
  const end = endOfSelection(query)
  let count = 0
  const named = query.slice(0, end).replaceAll(/("\w+"\."\w+")(?=, |$)/g, (column) => `${column} as "c${(count += 1)}"`)
  return named + query.slice(end)
}

/** Where the first ` from ` outside of parentheses stands. */
function endOfSelection(query: string): number {
  let depth = 0
  for (let i = 0; i < query.length; i += 1) {
    if (query[i] === '(') depth += 1
    else if (query[i] === ')') depth -= 1
    else if (depth === 0 && query.startsWith(' from ', i)) return i
  }
  return query.length
}
