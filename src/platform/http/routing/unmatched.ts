import { ApiError } from '#/platform/errors.ts'
import { type Endpoint, fullPath } from '#/platform/http/endpoint.ts'
import { failure } from '#/platform/http/request/failure.ts'
import type { AppContext } from '#/platform/http/request/request-state.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** 405 with `Allow` for a known address, 404 for any other. */
export function unmatched(endpoints: readonly Endpoint[]) {
  const addresses = endpoints.map((endpoint) => ({
    // What is read by GET is asked for by HEAD, too.
    methods: endpoint.method === 'get' ? ['GET', 'HEAD'] : [endpoint.method.toUpperCase()],
    pattern: patternOf(fullPath(endpoint)),
  }))
  return (c: AppContext): Response => {
    const path = c.req.path.replace(/(?<=.)\/$/, '')
    const methods = [
      ...new Set(addresses.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods)),
    ]
    if (methods.length === 0) return failure(new ApiError(sharedErrors.HTTP_404), c)
    const allowed = methods.join(', ')
    return failure(
      new ApiError(sharedErrors.HTTP_405, { method: c.req.method, allowed }, { headers: { allow: allowed } }),
      c,
    )
  }
}

/** `/sections/:id/enroll` as a regular expression. The templates are ours, so they hold no special characters but `.` and `-`. */
const patternOf = (template: string) => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`)
