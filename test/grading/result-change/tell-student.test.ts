import { beforeAll, describe, expect, test } from 'vitest'
import { mailOnce } from '#/platform/mail/mail-once.ts'
import { tellStudent } from '#/grading/result-change/index.ts'
import { persona, type World, world } from '../../world.ts'
import { withMailbox } from '../../access/mailed-token/mailed.ts'
import { decide, pendingOn } from './official.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

async function mailsOf(change: number) {
  const { mails, ctx } = withMailbox()
  await mailOnce(ctx, ctx.newId(), () => tellStudent(ctx, change))
  return mails
}

describe('a student whose result was corrected', () => {
  test('is told where, but not what, once the change is approved', async () => {
    const { student, change } = await pendingOn(w, 'published')
    expect(await mailsOf(change)).toEqual([])
    await decide(w.registrar, change)
    const [mail, ...others] = await mailsOf(change)
    const { email } = (await w.registrar.get(`/students/${student}`)).data
    expect([mail!.to, others]).toEqual([email, []])
    expect(mail!.subject).toBe('Lyceum University: A result was corrected')
    const { items } = (await w.registrar.get('/results/changes?ordering=-id&page_size=1')).data
    expect(mail!.text).toContain(`Your result in ${items[0]!.course_code} (${items[0]!.term_code}) was corrected.`)
    expect(mail!.text).not.toMatch(/90\.5|A\+/)
  })

  test('is written to in the language of the account', async () => {
    const { student, change } = await pendingOn(w, 'published')
    const me = await persona('student', student)
    await me.put('/user/preferences', { language: 'el' })
    await decide(w.registrar, change)
    expect((await mailsOf(change))[0]!.subject).toBe('Πανεπιστήμιο Λύκειον: Διόρθωση αποτελέσματος')
  })

  test('hears nothing of the first of two approvals, nor of a rejection', async () => {
    const frozen = await pendingOn(w, 'frozen')
    await decide(w.registrar, frozen.change)
    expect(await mailsOf(frozen.change)).toEqual([])
    await decide(await w.admin(), frozen.change)
    expect(await mailsOf(frozen.change)).toHaveLength(1)
    const rejected = await pendingOn(w, 'published')
    await decide(w.registrar, rejected.change, false)
    expect(await mailsOf(rejected.change)).toEqual([])
  })
})
