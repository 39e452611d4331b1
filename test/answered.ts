/** The codes that stood in answers, be it of an error, of its reasons or in a report, since these tests began. */
export const answered = new Set<string>()

export const isJson = ({ headers }: Response): boolean =>
  headers.get('content-type')?.startsWith('application/json') ?? false

/** Keeps what an answer calls `code` or `error_code`, at any depth. */
export function remember(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (/^(?:error_)?code$/.test(key) && typeof inner === 'string') answered.add(inner)
    else remember(inner)
  }
}
