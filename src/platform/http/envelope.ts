import * as z from 'zod'
import { type ApiError, messageOf } from '#/platform/errors.ts'
import type { Language } from '#/platform/words.ts'
import type { Schema } from './schema.ts'

export const apiVersion = '1'

const Meta = z.object({ request_id: z.string(), timestamp: z.iso.datetime(), version: z.string() }).meta({ id: 'Meta' })

/** The schema of a successful answer around `data`. */
export const enveloped = (data: Schema) =>
  z.object({ success: z.literal(true), data: data as z.ZodType, error: z.null(), meta: Meta })

export const ErrorEnvelope = z
  .object({
    success: z.literal(false),
    data: z.null(),
    error: z.object({
      code: z.string().meta({ description: 'Stable; the reference lists the codes of each operation.' }),
      message: z.string().meta({ description: 'For people, in the language of Accept-Language.' }),
      details: z.unknown(),
      path: z.string(),
    }),
    meta: Meta,
  })
  .meta({ id: 'Error' })

const beside = {
  total: z.int().optional().meta({ description: 'Absent with `cursor` or `count=false`.' }),
  total_is_minimum: z.literal(true).optional().meta({
    description:
      'Where there are more than `total`: with conditions 10,000 are counted, all of them with `count=exact`.',
  }),
  page: z.int().optional(),
  page_size: z.int(),
  total_pages: z.int().optional(),
  has_next: z.boolean(),
  has_previous: z.boolean(),
  next_cursor: z.string().nullable(),
}

/** The schema of a list answer. */
export const pageOf = (item: z.ZodType) => z.object({ items: z.array(item), ...beside })

/** JSON text of the success envelope; `data` is already JSON text. */
export const successText = (data: string, requestId: string, now: string) =>
  `{"success":true,"data":${data},"error":null,"meta":${metaText(requestId, now)}}`

/** The error envelope of `error` as a Response with its status and headers. */
export function errorResponse(
  error: ApiError,
  answer: { requestId: string; now: string; language: Language; path: string },
): Response {
  const body = {
    code: error.code,
    message: messageOf(error.declared, error.params, answer.language),
    details: error.details,
    path: answer.path,
  }
  const text = `{"success":false,"data":null,"error":${JSON.stringify(body)},"meta":${metaText(answer.requestId, answer.now)}}`
  return new Response(text, {
    status: error.status,
    headers: {
      ...error.headers,
      'content-type': 'application/json; charset=utf-8',
      'content-language': answer.language,
    },
  })
}

const metaText = (requestId: string, now: string) =>
  JSON.stringify({ request_id: requestId, timestamp: now, version: apiVersion })
