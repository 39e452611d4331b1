import { mailInvitation, mailReset } from '../../../src/modules/mailed-token/index.ts'
import { caller, type Persona, systemContext, testEnv, unique } from '../../world.ts'

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

export const tokenIn = ({ text }: Mail): string => /^[\w-]{44}$/m.exec(text)![0]

export const askReset = (email: string) => caller(null).post('/auth/password-reset/request', { email })

/** The mails that a reset of this e-mail leads to. */
export async function resetMails(email: string): Promise<Mail[]> {
  const { mails, ctx } = withMailbox()
  const id = await testEnv.DB.prepare(
    'select id from password_reset where email = ? order by requested_at desc limit 1',
  )
    .bind(email)
    .first<string>('id')
  await mailReset(ctx, id!)
  return mails
}

export async function resetToken(email: string): Promise<string> {
  await askReset(email)
  return tokenIn((await resetMails(email))[0]!)
}

export const invitee = (fields: object = {}) => ({
  email: `invited${unique()}@lyceum.test`,
  full_name: 'Θεοδώρα Κομνηνού',
  role: 'registrar',
  ...fields,
})

export async function invitationToken(admin: Persona, body: ReturnType<typeof invitee>): Promise<string> {
  await admin.post('/users/invitations', body)
  const { mails, ctx } = withMailbox()
  await mailInvitation(ctx, body.email)
  return tokenIn(mails[0]!)
}
