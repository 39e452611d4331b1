import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { describe, log } from '#/platform/log.ts'
import type { mail } from './mail.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { mailDelivery } from './table.ts'
import type { Statement } from '#/platform/database/statement.ts'

/** Longer than a message can wait in a queue. */
const rememberedMs = 30 * 24 * 60 * 60 * 1000

/** A mail that is ready to go, and what has to be written with the note that it goes. */
export interface Mailing {
  mail: ReturnType<typeof mail>
  also?: readonly Statement[]
  /** Sends it, or does not: what counts the mails that go out. */
  within?: (send: () => Promise<void>) => Promise<void>
}

/**
 * Sends the mail of a message, once however often the message is delivered. It is noted down before and after: a delivery that finds the
 * first note without the second cannot know whether the mail went out, so it throws, and the message ends among the dead letters, where
 * somebody may decide to send it again. A mail that the service refuses was not sent; the next delivery tries again. `prepare` writes
 * nothing; undefined means that there is nothing to send any more.
 */
export async function mailOnce(
  ctx: Context,
  messageId: string,
  prepare: () => Promise<Mailing | undefined>,
): Promise<void> {
  const ofMessage = eq(mailDelivery.message_id, messageId)
  const [before] = await ctx.db.select().from(mailDelivery).where(ofMessage)
  if (before?.sent_at) return
  if (before) throw new Error('another delivery began to send this mail and did not end')
  const mailing = await prepare()
  if (!mailing) return
  const { within = (send) => send() } = mailing
  await within(() => noted(ctx, messageId, mailing))
}

/** Sends a mail between its two notes. */
async function noted(ctx: Context, messageId: string, mailing: Mailing): Promise<void> {
  const ofMessage = eq(mailDelivery.message_id, messageId)
  const begun = ctx.db.insert(mailDelivery).values({ message_id: messageId, started_at: ctx.now })
  await ctx.db.batch([begun, ...(mailing.also ?? [])])
  try {
    await ctx.env.MAIL.send(mailing.mail)
  } catch (error) {
    await ctx.db.delete(mailDelivery).where(ofMessage)
    throw error
  }
  // The mail is out: not even a failing database may lead to another delivery.
  await ctx.db
    .update(mailDelivery)
    .set({ sent_at: new Date().toISOString() })
    .where(ofMessage)
    .catch((error: unknown) => log('error', 'mail_not_noted', { message_id: messageId, ...describe(error) }))
}

/** A statement that lets a mail of which nobody knows whether it went out be sent after all: somebody asked for it. */
export const mailAgain = (ctx: Pick<Context, 'db'>, messageId: string) =>
  ctx.db.delete(mailDelivery).where(and(eq(mailDelivery.message_id, messageId), isNull(mailDelivery.sent_at)))

/** Forgets mails whose messages are long gone. */
export const forgetOldMails = (ctx: Pick<Context, 'db' | 'now'>) =>
  deleteSome(
    ctx,
    mailDelivery,
    [mailDelivery.message_id],
    lt(mailDelivery.started_at, new Date(Date.parse(ctx.now) - rememberedMs).toISOString()),
  )
