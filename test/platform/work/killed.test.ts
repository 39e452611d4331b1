import { beforeAll, describe, expect, test } from 'vitest'
import { newAccount } from '../../access/identity/account.ts'
import { invitee, newInvitation } from '../../access/mailed-token/mailed.ts'
import { newId } from '#/platform/context.ts'
import { decide, pendingOn } from '../../grading/result-change/official.ts'
import { order, queuedJob } from '../../paperwork/transcript-job/jobs.ts'
import { countRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { deliver, deliverTo } from '../queue/deliver.ts'
import { dyingAfter } from './dying.ts'

let w: World
let admin: Persona
let studentId: number
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  studentId = (await w.student()).id
})

const files = async () => (await testEnv.DOCUMENTS.list({ prefix: 'transcripts/' })).objects.map(({ key }) => key)

describe('a worker that dies while it renders a transcript', () => {
  /** Calls of a delivery that nothing disturbs: job, status, record, file, write. */
  const calls = 5

  test.each(Array.from({ length: calls + 1 }, (_, at) => at))(
    'after %i calls leaves one PDF and one issue behind once its message comes again',
    async (at) => {
      const job = await queuedJob(studentId, w.registrar)
      const before = { files: await files(), issues: await countRows('transcript_issue') }
      const message = { id: newId(), body: order(job) }
      const { env } = dyingAfter(at)
      const survived = at >= calls
      expect((await deliverTo(env, 'lyceum-work', message)).done).toEqual(survived ? [message.id] : [])
      expect((await deliver('lyceum-work', message)).done).toEqual([message.id])
      const { data } = await w.registrar.get(`/transcripts/jobs/${job}`)
      expect([data.status, data.error_code]).toEqual(['ready', null])
      expect(await countRows('transcript_issue')).toBe(before.issues + 1)
      expect((await files()).filter((key) => !before.files.includes(key))).toEqual([`transcripts/${data.issue_id}.pdf`])
      const file = await w.registrar.get(`/transcripts/jobs/${job}/file`)
      expect(file.status).toBe(200)
    },
  )

  test('twice in a row takes away what both left behind', async () => {
    const job = await queuedJob(studentId, w.registrar)
    const before = await files()
    const message = { id: newId(), body: order(job) }
    for (const _ of [1, 2]) await deliverTo(dyingAfter(4).env, 'lyceum-work', message)
    expect((await files()).length).toBe(before.length + 2)
    await deliver('lyceum-work', message)
    expect((await files()).length).toBe(before.length + 1)
  })
})

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

async function resetMail(): Promise<object> {
  const { email } = await w.admin()
  const id = newId()
  await testEnv.DB.prepare('insert into password_reset (id, email, requested_at, expires_at) values (?, ?, ?, ?)')
    .bind(id, email, new Date().toISOString(), inAnHour())
    .run()
  return { type: 'password-reset.mail', reset_id: id }
}

async function confirmationMail(): Promise<object> {
  const { email } = await newAccount({ email_verified_at: null })
  const id = newId()
  await testEnv.DB.prepare('insert into email_confirmation (id, email, requested_at, expires_at) values (?, ?, ?, ?)')
    .bind(id, email, new Date().toISOString(), inAnHour())
    .run()
  return { type: 'email-confirmation.mail', confirmation_id: id }
}

const invitationMail = async (): Promise<object> => ({
  type: 'invitation.mail',
  invitation_id: await newInvitation(invitee({ full_name: 'Άννα', language: 'el' })),
})

async function correctionMail(): Promise<object> {
  const { change } = await pendingOn(w, 'published')
  await decide(w.registrar, change)
  return { type: 'result-changed.mail', change_id: change }
}

async function linkMail(): Promise<object> {
  const job = await queuedJob(studentId, w.registrar)
  await deliver('lyceum-work', { id: newId(), body: order(job) })
  await testEnv.DB.prepare("update transcript_job set email = 'hr@example.org' where id = ?").bind(job).run()
  return { type: 'transcript-ready.mail', job_id: job }
}

/** Calls before the note that the mail goes out: the look at that note, and what the mail is made of. */
const mails = [
  ['a confirmation', confirmationMail, 3],
  ['a password reset', resetMail, 3],
  ['an invitation', invitationMail, 2],
  ['a corrected result', correctionMail, 2],
  ['the link to a transcript', linkMail, 2],
] as const

describe.each(mails)('a worker that dies while it mails %s', (_, make, preparing) => {
  const dead = { note: preparing + 1, mail: preparing + 2, end: preparing + 3 }

  /** Delivers to a worker that dies, then to one that lives: whether each was done with it, and the mails that went out in all. */
  async function dieAfter(at: number) {
    const message = { id: newId(), body: { id: newId(), ...(await make()) } }
    const dying = dyingAfter(at)
    const living = dyingAfter(Infinity)
    const first = await deliverTo(dying.env, 'lyceum-work', message)
    const second = await deliverTo(living.env, 'lyceum-work', message)
    const outcome = [first.done.length, second.done.length, dying.sent.length + living.sent.length]
    return { message, outcome }
  }

  test('before it notes that it will, leaves the mail to the next delivery', async () => {
    for (let at = 0; at <= preparing; at += 1) expect((await dieAfter(at)).outcome).toEqual([0, 1, 1])
  })

  test('after the mail and both notes has done its work', async () => {
    expect((await dieAfter(dead.end)).outcome).toEqual([1, 1, 1])
  })

  test('between the mail and its second note sends no other', async () => {
    // Only the note is lost: the delivery knows that the mail is out.
    expect((await dieAfter(dead.mail)).outcome).toEqual([1, 0, 1])
  })

  test('between its first note and the mail leaves it to an administrator whether there is to be one', async () => {
    const { message, outcome } = await dieAfter(dead.note)
    expect(outcome).toEqual([0, 0, 0])
    await deliver('lyceum-dead-letters', message)
    const { items } = (await admin.get('/queues/dead-letters?page_size=1')).data
    expect(items[0]!.message).toEqual(message.body)
    expect((await admin.post(`/queues/dead-letters/${items[0]!.id}/retry`)).status).toBe(200)
    await expect.poll(() => sentAt(message.body.id), { timeout: 10_000 }).toMatch(/Z$/)
  })

  test('is tried again when the mail service refuses', async () => {
    const message = { id: newId(), body: { id: newId(), ...(await make()) } }
    const { env, sent } = dyingAfter(Infinity)
    const refusing = { ...env, MAIL: { send: () => Promise.reject(new Error('E_RATE_LIMIT_EXCEEDED')) } }
    const first = await deliverTo(refusing as unknown as typeof env, 'lyceum-work', message)
    const second = await deliverTo(env, 'lyceum-work', message)
    expect([first.again, second.done, sent.length]).toEqual([[message.id], [message.id], 1])
  })

  test('is sent once when two deliveries come at once', async () => {
    const message = { id: newId(), body: { id: newId(), ...(await make()) } }
    const { env, sent } = dyingAfter(Infinity)
    await Promise.all([deliverTo(env, 'lyceum-work', message), deliverTo(env, 'lyceum-work', message)])
    expect(sent).toHaveLength(1)
    expect((await deliverTo(env, 'lyceum-work', message)).done).toEqual([message.id])
  })
})

const sentAt = (id: string) =>
  testEnv.DB.prepare('select sent_at from mail_delivery where message_id = ?').bind(id).first<string>('sent_at')
