import { mailOnce } from '#/platform/mail/mail-once.ts'
import { mailConfirmation } from '#/access/email-confirmation/index.ts'
import { mailInvitation } from '#/access/invitation/index.ts'
import { mailReset } from '#/access/password-reset/index.ts'
import { caller, systemContext, testEnv, unique } from '../../world.ts'

export interface Mail {
  from: { email: string; name: string }
  to: string
  subject: string
  text: string
}

/** A Context whose mails end up in a list. */
export function withMailbox() {
  const mails: Mail[] = []
  const MAIL = { send: async (mail: Mail) => void mails.push(mail) }
  const ctx = systemContext()
  return { mails, ctx: { ...ctx, env: { ...testEnv, MAIL } as unknown as typeof ctx.env } }
}

export const tokenIn = ({ text }: Mail): string => /#token=([\w-]{44})$/m.exec(text)![1]!

export const askReset = (email: string) => caller(null).post('/auth/password-reset/request', { email })

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

/** The mails of a reset for this e-mail. It is not ordered by HTTP, or the queue would mail a token of its own at the same time. */
export async function resetMails(email: string): Promise<Mail[]> {
  const { mails, ctx } = withMailbox()
  const id = ctx.newId()
  await testEnv.DB.prepare('insert into password_reset (id, email, requested_at, expires_at) values (?, ?, ?, ?)')
    .bind(id, email, ctx.now, minutesFromNow(30))
    .run()
  await mailOnce(ctx, ctx.newId(), () => mailReset(ctx, id))
  return mails
}

export const resetToken = async (email: string) => tokenIn((await resetMails(email))[0]!)

/** The same for the confirmation of an e-mail. */
export async function confirmationMails(email: string): Promise<Mail[]> {
  const { mails, ctx } = withMailbox()
  const id = ctx.newId()
  await testEnv.DB.prepare('insert into email_confirmation (id, email, requested_at, expires_at) values (?, ?, ?, ?)')
    .bind(id, email, ctx.now, minutesFromNow(60))
    .run()
  await mailOnce(ctx, ctx.newId(), () => mailConfirmation(ctx, id))
  return mails
}

export const confirmationToken = async (email: string) => tokenIn((await confirmationMails(email))[0]!)

export const confirmEmail = (token: string, password?: string) =>
  caller(null).post('/auth/email-confirmation/confirm', { token, ...(password !== undefined && { password }) })

export const invitee = (fields: object = {}) => ({
  email: `invited${unique()}@lyceum.test`,
  full_name: 'Θεοδώρα Κομνηνού',
  role: 'registrar',
  language: 'en',
  ...fields,
})

/** The id of an invitation that is made beside the queue for the same reason. */
export async function newInvitation({ email, full_name, role, language }: ReturnType<typeof invitee>): Promise<number> {
  const { meta } = await testEnv.DB.prepare(
    'insert into invitation (email, full_name, role, language, expires_at, created_at) values (?, ?, ?, ?, ?, ?)',
  )
    .bind(email, full_name, role, language, minutesFromNow(60), new Date().toISOString())
    .run()
  return meta.last_row_id
}

/** What is mailed for an invitation by now. */
export async function invitationMails(id: number): Promise<Mail[]> {
  const { mails, ctx } = withMailbox()
  await mailOnce(ctx, ctx.newId(), () => mailInvitation(ctx, id))
  return mails
}

export const invitationToken = async (body: ReturnType<typeof invitee>) =>
  tokenIn((await invitationMails(await newInvitation(body)))[0]!)
