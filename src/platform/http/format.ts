import { parseAccept } from 'hono/utils/accept'
import type { HtmlEscapedString } from 'hono/utils/html'
import { declaredFields } from './declared-fields.ts'
import type { Language } from '#/platform/words.ts'
import type { Schema } from './schema.ts'
import { enveloped } from './envelope.ts'

/** An answer that is not the JSON envelope. */
export interface Format<Result> {
  format: true
  status?: 200 | 204
  /** Media type -> the schema of its content; `binary` and `text` are not described further. */
  content: Record<string, Schema | 'binary' | 'text'>
  /** What is answered by 202 instead, while the act waits. */
  accepted?: Schema
  /** Builds the answer; the headers that every answer has are added later. */
  respond: (
    result: Result,
    answer: { request: Request; envelope: (data: unknown, status?: number) => Response },
  ) => Response
}

export interface FileReply {
  body: Uint8Array<ArrayBuffer> | ReadableStream
  filename: string
  /** Of a document that is written in one. */
  language?: Language
  /** Beside those of every download. */
  headers?: Record<string, string>
}

/** A page for people; `nonce` is named by its script and style tags. */
export interface PageReply {
  html: HtmlEscapedString
  nonce: string
}

export const isFormat = (returns: object): returns is Format<unknown> => 'format' in returns

/** 204. */
export const nothing: Format<void> = {
  format: true,
  status: 204,
  content: {},
  respond: () => new Response(null, { status: 204 }),
}

/** 204; or 202 with what the act waits for. */
export const nothingOr = <Result>(schema: Schema<Result>): Format<Result | void> => ({
  format: true,
  status: 204,
  accepted: schema,
  content: {},
  respond: (result, { envelope }) =>
    result ? envelope(declaredFields(schema, 'system')(result), 202) : new Response(null, { status: 204 }),
})

/** JSON as other software expects it, without the envelope. */
export const unwrapped = <Result>(schema: Schema<Result>, type = 'application/json'): Format<Result> => ({
  format: true,
  content: { [type]: schema },
  respond: (result) =>
    new Response(JSON.stringify(declaredFields(schema, 'anonymous')(result)), {
      headers: { 'content-type': `${type}; charset=utf-8` },
    }),
})

/** A download. */
export const file = (type: string): Format<FileReply> => ({
  format: true,
  content: { [type]: 'binary' },
  respond: ({ body, filename, language, headers }) =>
    new Response(body, {
      headers: {
        ...headers,
        ...(language && { 'content-language': language }),
        'content-type': type,
        'content-disposition': `attachment; filename="${filename}"`,
        'cache-control': 'no-store',
      },
    }),
})

/** A file of the deployment, such as the OpenAPI document: the same for everybody. */
export const asset = (type: string): Format<Response> => ({
  format: true,
  content: { [type]: 'text' },
  respond: ({ body }) =>
    new Response(body, { headers: { 'content-type': type, 'cache-control': 'public, max-age=300' } }),
})

/** Figures as Prometheus reads them. */
export const exposition: Format<string> = {
  format: true,
  content: { 'text/plain': 'text' },
  respond: (text) => new Response(text, { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } }),
}

/** An HTML page. Only what carries the nonce of this answer may run. */
export const page: Format<PageReply> = {
  format: true,
  content: { 'text/html': 'text' },
  respond: (reply) => htmlResponse(reply),
}

/** JSON in the envelope for programs, a page for people, by `Accept`. The handler prepares both; the page is built only when asked for. */
export const jsonOrPage = <Result>(schema: Schema<Result>): Format<{ data: Result; page: () => PageReply }> => ({
  format: true,
  content: { 'application/json': enveloped(schema), 'text/html': 'text' },
  respond: ({ data, page }, { request, envelope }) =>
    prefersHtml(request) ? htmlResponse(page()) : envelope(declaredFields(schema, 'anonymous')(data)),
})

function htmlResponse({ html, nonce }: PageReply): Response {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return new Response(html.toString(), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
    },
  })
}

/** A page goes to whom names HTML, and ranks it no lower than JSON. */
function prefersHtml(request: Request): boolean {
  const accepted = parseAccept(request.headers.get('accept') ?? '')
  const rankOf = (wanted: string) => accepted.find(({ type }) => type.toLowerCase() === wanted)?.q ?? 0
  return rankOf('text/html') > 0 && rankOf('text/html') >= rankOf('application/json')
}
