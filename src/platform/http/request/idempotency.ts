import type { Context } from '#/platform/context.ts'
import { findReplay, type Replay } from '#/platform/database/write/idempotency.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import type { AppContext } from './request-state.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const keyForm = /^[\x21-\x7e]{1,200}$/
const keyMessage = {
  en: 'A key has 1 to 200 visible ASCII characters.',
  el: 'Το κλειδί έχει 1 έως 200 ορατούς χαρακτήρες ASCII.',
}

/** The key and fingerprint of a request that carries `Idempotency-Key`. Throws VALIDATION_ERROR for a malformed key. */
export async function idempotencyOf(c: AppContext, { upload }: Endpoint): Promise<Context['idempotency']> {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (!keyForm.test(key)) {
    const problem = {
      path: 'header.idempotency-key',
      code: 'invalid_format',
      message: keyMessage[c.get('state').language],
    }
    throw new ApiError(sharedErrors.VALIDATION_ERROR, {}, { details: { errors: [problem] } })
  }
  const content = upload ? c.req.header('content-length') : await c.req.text()
  return { key, fingerprint: await sha256Hex(`${c.req.method} ${c.req.url}\n${content}`) }
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
