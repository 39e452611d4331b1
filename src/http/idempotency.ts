import type { Context } from '../context.ts'
import { findReplay, type Replay } from '../database/idempotency.ts'
import { ApiError } from '../errors.ts'
import type { AppContext } from './request-state.ts'

const keyForm = /^[\x21-\x7e]{1,200}$/

/** The key and fingerprint of a request that carries `Idempotency-Key`. Throws VALIDATION_ERROR for a malformed key. */
export async function idempotencyOf(c: AppContext): Promise<Context['idempotency']> {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (!keyForm.test(key)) {
    const problem = {
      path: 'header.idempotency-key',
      code: 'invalid_format',
      message: '1 to 200 visible ASCII characters.',
    }
    throw new ApiError('VALIDATION_ERROR', {}, { details: { errors: [problem] } })
  }
  const request = `${c.req.method} ${c.req.url}\n${await c.req.text()}`
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(request))
  return { key, fingerprint: new Uint8Array(digest).toHex() }
}

/** Answers a request that was carried out before: with the stored answer, or with what it wrote, read again. */
export async function replayed(ctx: Context, reread: ((ctx: Context, id: number) => Promise<unknown>) | undefined) {
  const replay = ctx.idempotency && (await findReplay(ctx, ctx.idempotency))
  if (!replay) return undefined
  return { status: replay.status, data: replay.response ?? (await again(ctx, replay, reread)) }
}

async function again(
  ctx: Context,
  { entityId }: Replay,
  reread: ((ctx: Context, id: number) => Promise<unknown>) | undefined,
) {
  if (!reread || entityId === null) throw new ApiError('IDEMPOTENCY_IN_PROGRESS')
  return JSON.stringify(await reread(ctx, Number(entityId)))
}
