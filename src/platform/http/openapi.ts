import * as z from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import type { DeclaredError } from '#/platform/errors.ts'
import { reachOf } from '#/platform/policy.ts'
import { mediaTypes } from '#/platform/http/request/body.ts'
import { type Chapters, type Endpoint, statusOf, takesIdempotencyKey, templateOf } from './endpoint.ts'
import { enveloped, ErrorEnvelope } from './envelope.ts'
import { isFormat } from './format.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { languages } from '#/platform/words.ts'

/** The OpenAPI 3.1 document of the endpoint table, as the committed text of openapi.json. */
export function openApiText(chapters: Chapters): string {
  const paths: ZodOpenApiPathsObject = {}
  for (const [chapter, endpoints] of Object.entries(chapters)) {
    for (const endpoint of endpoints) {
      const path = templateOf(endpoint)
      paths[path] = { ...paths[path], [endpoint.method]: operation(chapter, endpoint) }
    }
  }
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Lyceum',
      version: '1',
      description:
        'The student information system at the edge. Answers come in one envelope; errors carry a stable code and a message in English or Greek.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.keys(chapters).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        metrics: { type: 'http', scheme: 'bearer', description: 'The METRICS_TOKEN of the deployment.' },
      },
    },
  })
  return `${JSON.stringify(document, null, 2)}\n`
}

function operation(chapter: string, endpoint: Endpoint): ZodOpenApiOperationObject {
  const {
    id,
    summary,
    description,
    permission,
    secret,
    params,
    query,
    body,
    bodyType = 'json',
    bodyOptional = false,
    bodyLimit,
    upload,
    changes,
  } = endpoint
  const isPublic = reachOf(permission, 'anonymous') !== undefined
  const path = params as z.ZodObject | undefined
  const parameters = query as z.ZodObject | undefined
  const size = bodyLimit !== undefined && { description: `At most ${bodyLimit / 2 ** 20} MiB.` }
  return {
    operationId: id,
    tags: [chapter],
    summary,
    description: [description, changes && repeatable, !secret && `Permission: \`${permission}\`.`]
      .filter(Boolean)
      .join('\n\n'),
    security: secret ? [{ metrics: [] }] : isPublic ? [] : [{ bearer: [] }],
    requestParams: { ...(path && { path }), ...(parameters && { query: parameters }), header: headersOf(endpoint) },
    ...(body && {
      requestBody: {
        ...size,
        required: !bodyOptional,
        content: {
          [mediaTypes[bodyType]]: { schema: body as z.ZodType },
        },
      },
    }),
    ...(upload && {
      requestBody: {
        ...size,
        required: true,
        content: Object.fromEntries(upload.map((type) => [type, { schema: { type: 'string' } as const }])),
      },
    }),
    responses: { ...success(endpoint), ...failures(endpoint, isPublic) },
  }
}

const repeatable =
  'Takes the row as GET gives it: other fields of it may be repeated, and are refused (`read_only`) where they say something else.'

function success(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const { returns } = endpoint
  const status = `${statusOf(endpoint)}` as `${1 | 2 | 3 | 4 | 5}${string}`
  if (!isFormat(returns)) {
    const content = { 'application/json': { schema: enveloped(returns) } }
    return {
      [status]: { description: 'Done.', content },
      ...(endpoint.isRehearsed && { 200: { description: 'What would be done; nothing is written.', content } }),
      ...(endpoint.isAccepted && { 202: { description: 'Accepted; the work goes on in the background.', content } }),
    }
  }
  const content = Object.entries(returns.content).map(([type, schema]) => {
    if (schema === 'binary') return [type, { schema: { type: 'string', format: 'binary' } as const }]
    return [type, { schema: schema === 'text' ? ({ type: 'string' } as const) : (schema as z.ZodType) }]
  })
  const accepted = returns.accepted && { 'application/json': { schema: enveloped(returns.accepted) } }
  return {
    [status]: { description: 'Done.', ...(content.length > 0 && { content: Object.fromEntries(content) as never }) },
    ...(accepted && { 202: { description: 'Accepted; it waits for another person.', content: accepted } }),
  }
}

/** The codes of one status share a response; the text of each code is in its description. */
function failures(endpoint: Endpoint, isPublic: boolean): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(refusalsOf(endpoint, isPublic), ({ status }) => status)
  const responses = [...byStatus]
    .toSorted(([a], [b]) => a - b)
    .map(([status, errors]) => [String(status), failure(errors)])
  return Object.fromEntries(responses) as ZodOpenApiResponsesObject
}

const components = new Map<string, ZodOpenApiResponseObject>()

/** One component for each set of codes, so that the document stays small. */
function failure(errors: DeclaredError[]): ZodOpenApiResponseObject {
  const id = errors.map(({ code }) => code).join('-')
  const known = components.get(id)
  if (known) return known
  const response = {
    id,
    description: errors.map(({ code, en }) => `\`${code}\`: ${en}`).join('\n\n'),
    content: { 'application/json': { schema: ErrorEnvelope } },
  }
  components.set(id, response)
  return response
}

/** Every error this operation can answer: its own, and those that its shape brings with it. */
export function refusalsOf(endpoint: Endpoint, isPublic: boolean): DeclaredError[] {
  const { method, body, bodyType = 'json', upload, stepUp, withoutSecondFactor, secret, errors = [] } = endpoint
  const takesKey = takesIdempotencyKey(endpoint)
  const shape: (DeclaredError | false)[] = [
    !isPublic && (secret ? sharedErrors.DEPLOYMENT_TOKEN_REQUIRED : sharedErrors.HTTP_401),
    !isPublic && !secret && sharedErrors.HTTP_403,
    !isPublic && !secret && !withoutSecondFactor && sharedErrors.SECOND_FACTOR_REQUIRED,
    sharedErrors.VALIDATION_ERROR,
    Boolean(body) && sharedErrors.HTTP_400,
    Boolean(body) && bodyType === 'json' && sharedErrors.BODY_TOO_DEEP,
    Boolean(body ?? upload) && sharedErrors.HTTP_413,
    Boolean(body ?? upload) && sharedErrors.HTTP_415,
    takesKey && sharedErrors.IDEMPOTENCY_KEY_REUSED,
    takesKey && sharedErrors.IDEMPOTENCY_IN_PROGRESS,
    takesKey && sharedErrors.IDEMPOTENCY_ANSWER_LOST,
    Boolean(stepUp) && sharedErrors.STEP_UP_REQUIRED,
    sharedErrors.RATE_LIMITED,
    sharedErrors.INTERNAL_SERVER_ERROR,
    sharedErrors.SERVICE_UNAVAILABLE,
    sharedErrors.DATABASE_UNREACHABLE,
    method !== 'get' && sharedErrors.MAINTENANCE,
  ]
  return [...new Set([...errors, ...shape.filter((error) => error !== false)])]
}

/** Headers that clients may send with this operation. */
function headersOf(endpoint: Endpoint): z.ZodObject {
  const conditional = endpoint.errors?.includes(sharedErrors.PRECONDITION_FAILED)
  return z.object({
    'Accept-Language': z.enum(languages).optional(),
    ...(takesIdempotencyKey(endpoint) && { 'Idempotency-Key': z.string().max(200).optional() }),
    ...(conditional && { 'If-Match': z.string().optional() }),
    ...(endpoint.turnstile && { 'X-Turnstile': z.string().optional() }),
  })
}
