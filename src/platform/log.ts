/** One JSON line. Fields hold route templates, names and counts; never personal data, tokens or parameters of queries. */
export function log(level: 'info' | 'warn' | 'error', event: string, fields: Record<string, unknown> = {}) {
  console[level](JSON.stringify({ level, event, at: new Date().toISOString(), ...fields }))
}

/** An error as a log may show it: without the SQL and the parameters that Drizzle puts into its message. */
export function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error }
  const message = error.message.startsWith('Failed query') ? 'Failed query' : error.message
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return {
    error: error.name,
    message,
    at_code: frames.slice(0, 6).map((line) => line.trim()),
    ...(error.cause ? { cause: describe(error.cause) } : {}),
  }
}
