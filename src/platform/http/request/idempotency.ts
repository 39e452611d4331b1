import { createHmac, type Hmac } from 'node:crypto'
import type { Context, Idempotency } from '#/platform/context.ts'
import { findReplay, type Replay } from '#/platform/database/write/idempotency.ts'
import { hmacKey } from '#/platform/encoding/derived-key.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { refused } from '#/platform/validation/invalid.ts'
import { charsetOf } from './body.ts'
import type { AppContext } from './request-state.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const keyForm = /^[\x21-\x7e]{1,200}$/
const keyMessage = {
  en: 'must have 1 to 200 visible ASCII characters',
  el: 'πρέπει να έχει 1 έως 200 ορατούς χαρακτήρες ASCII',
}

/** The key and fingerprint of a request that carries `Idempotency-Key`. Throws VALIDATION_ERROR for a malformed key. */
export async function idempotencyOf(c: AppContext, { upload, bodyLimit }: Endpoint): Promise<Idempotency | undefined> {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (!keyForm.test(key)) {
    const message = keyMessage[c.get('state').language]
    throw refused([{ in: 'header', path: 'idempotency-key', code: 'invalid_format', message }])
  }
  const hash = (await newHash(c)).update(`${c.req.method} ${c.req.url}\n`)
  if (upload) return ofUpload(c, key, saidIn(charsetOf(c.req.raw), hash), bodyLimit!)
  return { key, fingerprint: hash.update(await c.req.text()).digest('hex') }
}

/** The same bytes are another text where they are said to be in another charset. */
const saidIn = (charset: string, hash: Hmac): Hmac => (charset === 'utf-8' ? hash : hash.update(charset))

/** HMAC-SHA-256, because a plain hash of a request with a password in it would let the password be guessed. */
async function newHash({ env }: AppContext): Promise<Hmac> {
  const secret = await crypto.subtle.exportKey('raw', await hmacKey(env.TRANSCRIPT_KEY, 'fingerprints of requests'))
  return createHmac('sha256', new Uint8Array(secret as ArrayBuffer))
}

/** Lets the bytes of an upload be hashed while its handler reads them, so that memory never holds them all. */
function ofUpload(c: AppContext, key: string, hash: Hmac, limit: number): Idempotency {
  const hashing = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      hash.update(chunk)
      controller.enqueue(chunk)
    },
  })
  const { raw } = c.req
  let digest: string | undefined
  const bytes = (raw.body ?? new Blob().stream()).pipeThrough(hashing)
  c.req.raw = new Request(raw, { method: raw.method, body: bytes })
  return {
    key,
    get fingerprint() {
      return (digest ??= hash.digest('hex'))
    },
    readToEnd: async () => {
      if (c.req.raw.body!.locked) return
      let size = 0
      for await (const chunk of c.req.raw.body!) {
        size += chunk.length
        if (size > limit) throw new ApiError(sharedErrors.HTTP_413, { limit })
      }
    },
  }
}

/** What answers a request that was carried out before: the stored answer, or what it wrote, read again. JSON text of `data`. */
export async function replayed(
  ctx: Context,
  { reread, present }: Endpoint,
): Promise<{ status: number; text: string } | undefined> {
  const found = ctx.idempotency && (await findReplay(ctx, ctx.idempotency))
  if (!found) return undefined
  if (found.response !== null) return { status: found.status, text: found.response }
  if (!reread || found.entityId === null)
    throw new ApiError(isLost(ctx, found) ? sharedErrors.IDEMPOTENCY_ANSWER_LOST : sharedErrors.IDEMPOTENCY_IN_PROGRESS)
  const data = present(await reread(ctx, Number(found.entityId)), ctx.actor.role)
  return { status: found.status, text: JSON.stringify(data) }
}

/** The answer is stored right after the write. */
const answerMs = 60_000
const isLost = ({ now }: Context, { createdAt }: Replay) => Date.parse(now) - Date.parse(createdAt) > answerMs
