import { endpoints } from '#/wiring/endpoints.ts'
import { catalogue } from '#/wiring/catalogue.ts'
import { refusalsOf } from '#/platform/http/openapi.ts'
import { reachOf } from '#/platform/policy.ts'

/** Codes that come with the shape of an operation rather than with what it does. */
const byShape: Record<string, string> = {
  VALIDATION_ERROR: 'Every operation.',
  RATE_LIMITED: 'Every operation.',
  INTERNAL_SERVER_ERROR: 'Every operation.',
  SERVICE_UNAVAILABLE: 'Every operation.',
  HTTP_401: 'Every operation that needs an account.',
  HTTP_403: 'Every operation that needs an account.',
  SECOND_FACTOR_REQUIRED:
    'Every operation that needs an account, but for one’s own account, preferences, second factor and signing out.',
  HTTP_404: 'Every address that is none.',
  HTTP_405: 'Every address, for a method that it does not take.',
  HTTP_400: 'Every operation with a body.',
  HTTP_413: 'Every operation with a body.',
  HTTP_415: 'Every operation with a body.',
  BODY_TOO_DEEP: 'Every operation with a body of JSON.',
  IDEMPOTENCY_KEY_REUSED: 'Every POST that needs an account and answers no secrets.',
  IDEMPOTENCY_IN_PROGRESS: 'Every POST that needs an account and answers no secrets.',
}

/** docs/errors.md */
export function printedErrors(): string {
  const answeredBy = Map.groupBy(
    endpoints.flatMap((endpoint) =>
      refusalsOf(endpoint, reachOf(endpoint.permission, 'anonymous') !== undefined).map(({ code }) => ({
        code,
        id: endpoint.id,
      })),
    ),
    ({ code }) => code,
  )
  const operations = (code: string) =>
    byShape[code] ??
    answeredBy
      .get(code)
      ?.map(({ id }) => `\`${id}\``)
      .join(', ') ??
    'Stands in the details of another error, or in the report of a bulk or an import.'
  const sections = Object.entries(catalogue).map(([code, { status, en, el }]) => {
    return `### ${code}\n\n${status}: ${en}\n\n${el}\n\n${operations(code)}\n`
  })
  return `# Errors

Printed from the catalogue by the contract tests (\`npm run snapshots\`). Each code with its status, its text in English and in Greek, and the
operations that answer it. What stands in braces is filled in. How an error travels is in the reference at /docs.

${sections.join('\n')}`
}
