import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { racing } from '../../platform/database/between.ts'
import { auditRows, countRows, type Persona, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'
import { type Action, actions, applicant, applied, edges, type ApplicationState, statuses, wish } from './applied.ts'

let w: World
let me: Persona
let body: Awaited<ReturnType<typeof wish>>
beforeAll(async () => {
  w = await world()
  me = await applicant()
  body = await wish(w)
})

const at = async (status: ApplicationState) => applied(w, await applicant(), { status, ...body })
const mine = async (status: ApplicationState) => applied(w, me, { status })
const statusOf = async (id: number) => (await w.registrar.get(`/applications/${id}`)).data.status

const names = Object.keys(actions) as Action[]
const pairs = statuses.flatMap((from) => names.map((action) => [from, action] as const))
const allowed = pairs.filter(([from, action]) => edges[from].includes(actions[action]))
const forbidden = pairs.filter(([from, action]) => !edges[from].includes(actions[action]))
const final = statuses.filter((status) => edges[status].length === 0)
const handedIn = statuses.filter((status) => status !== 'draft')

test('there are thirteen edges among the fifty-six pairs', () => {
  expect([allowed.length, forbidden.length]).toEqual([13, 43])
})

describe('the registry', () => {
  test.each(allowed)('takes what is %s further: %s', async (from, action) => {
    const id = await at(from)
    const { status, data } = await w.registrar.post(`/applications/${id}/${action}`)
    expect([status, data.status]).toEqual([200, actions[action]])
    const [row, ...others] = (await auditRows('application', id)).filter(
      (one) => one.action === `application.${action}`,
    )
    expect([row?.actor_id, others]).toEqual([w.registrar.userId, []])
    expect(JSON.parse(row!.changes)).toMatchObject({ status: { old: from, new: actions[action] } })
  })

  test.each(forbidden)('is refused with the allowed next states: %s cannot %s', async (from, action) => {
    const id = await at(from)
    const before = await countRows('audit_log')
    const { status, error } = await w.registrar.post(`/applications/${id}/${action}`)
    expect([status, error?.code]).toEqual([409, 'APPLICATION_TRANSITION_REFUSED'])
    expect(error?.details).toEqual({ status: from, allowed: edges[from] })
    expect(error?.message).toContain(`Allowed next states: ${edges[from].join(', ') || 'none'}.`)
    expect([await statusOf(id), await countRows('audit_log')]).toEqual([from, before])
  })

  test.each(['accept', 'reject', 'waitlist'] as const)('says why it is to %s', async (action) => {
    const id = await at('under_review')
    const note = 'Two reference letters.\nOne is missing.'
    const { data } = await w.registrar.post(`/applications/${id}/${action}`, { note })
    expect(data).toMatchObject({ note, decided_by: w.registrar.userId, decided_at: expect.stringMatching(/Z$/) })
  })

  test('replaces the note of an earlier decision', async () => {
    const id = await at('under_review')
    await w.registrar.post(`/applications/${id}/waitlist`, { note: 'Third in line' })
    const admin = await w.admin()
    const { data } = await admin.post(`/applications/${id}/accept`)
    expect(data).toMatchObject({ status: 'accepted', note: null, decided_by: admin.userId })
  })

  test.each([{ note: 'x'.repeat(2001) }, { note: 'bell \u0007' }, { reason: 'No' }, { status: 'accepted' }])(
    'cannot decide with %j',
    async (decision) => {
      const id = await at('under_review')
      expect(refusal(await w.registrar.post(`/applications/${id}/accept`, decision))).toEqual([422, 'VALIDATION_ERROR'])
      expect(await statusOf(id)).toBe('under_review')
    },
  )

  test('decides once, however many decide at the same moment', async () => {
    const id = await at('under_review')
    // Each could follow the one before it, if it knew of that.
    const wishes = ['waitlist', 'accept', 'withdraw'] as const
    const before = (await auditRows('application', id)).length
    const racers = racing(3)
    const answers = await Promise.all(
      wishes.map(async (action, i) => {
        const request = json('POST', {}, { authorization: `Bearer ${w.registrar.token}` })
        return codeOf(await serveWith({ DB: racers[i]! }, `/api/v1/applications/${id}/${action}`, request))
      }),
    )
    expect(answers).toEqual(['200', '409 STALE_STATE', '409 STALE_STATE'])
    expect(await auditRows('application', id)).toHaveLength(before + 1)
    expect(await statusOf(id)).toBe('waitlisted')
  })

  test('decides nothing on a version it has not seen', async () => {
    const id = await at('accepted')
    for (const action of ['matriculate', 'withdraw']) {
      const answer = await w.registrar.post(`/applications/${id}/${action}`, undefined, { 'if-match': '"1"' })
      expect(refusal(answer)).toEqual([412, 'PRECONDITION_FAILED'])
    }
  })

  test('reads a refusal in Greek', async () => {
    const id = await at('accepted')
    const { error } = await w.registrar.post(`/applications/${id}/reject`, {}, { 'accept-language': 'el' })
    expect(error?.message).toContain('Επιτρεπόμενες επόμενες καταστάσεις: ολοκληρωμένη με εγγραφή, αποχώρηση.')
  })
})

describe('an applicant', () => {
  test('hands a draft in, which says when', async () => {
    const { status, data } = await me.post(`/applications/${await mine('draft')}/submit`)
    expect([status, data.status, data.decided_at]).toEqual([200, 'submitted', null])
    expect(data.submitted_at).toMatch(/Z$/)
  })

  test.each(statuses.filter((status) => edges[status].includes('withdrawn')))('withdraws what is %s', async (from) => {
    const id = await mine(from)
    const { status, data } = await me.post(`/applications/${id}/withdraw`)
    expect([status, data.status]).toEqual([200, 'withdrawn'])
  })

  test.each(final.filter((status) => status !== 'matriculated'))('cannot withdraw what is %s', async (from) => {
    const answer = await me.post(`/applications/${await mine(from)}/withdraw`)
    expect(refusal(answer)).toEqual([409, 'APPLICATION_TRANSITION_REFUSED'])
  })

  test.each(['review', 'accept', 'reject', 'waitlist', 'matriculate'])('does not decide: %s', async (action) => {
    const id = await mine(action === 'matriculate' ? 'accepted' : 'under_review')
    const before = await statusOf(id)
    expect(refusal(await me.post(`/applications/${id}/${action}`))).toEqual([403, 'HTTP_403'])
    expect(await statusOf(id)).toBe(before)
  })

  test('and the registry at the same moment: one of them, or both in a legal order', async () => {
    const id = await mine('accepted')
    const students = await countRows('live_student')
    const answers = await Promise.all([
      me.post(`/applications/${id}/withdraw`),
      w.registrar.post(`/applications/${id}/matriculate`),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const made = (await countRows('live_student')) - students
    expect([await statusOf(id), made]).toEqual(answers[0]!.status === 200 ? ['withdrawn', 0] : ['matriculated', 1])
  })
})

describe('what was handed in', () => {
  test.each([
    ['waitlisted', 'withdraw it and make a new one.', 'αποσύρετέ την και κάντε νέα.'],
    ['rejected', 'It stays as it is: make a new one.', 'Παραμένει όπως είναι: κάντε νέα.'],
    ['withdrawn', 'It stays as it is: make a new one.', 'Παραμένει όπως είναι: κάντε νέα.'],
    ['matriculated', 'changes go to the record of the student.', 'οι αλλαγές γίνονται στην καρτέλα του φοιτητή.'],
  ] as const)('is refused with what can be done of what is %s', async (status, en, el) => {
    const id = await at(status)
    const english = await w.registrar.patch(`/applications/${id}`, { first_name: 'Other' })
    const greek = await w.registrar.patch(`/applications/${id}`, { last_name: 'Other' }, { 'accept-language': 'el' })
    expect([english.error?.message.endsWith(en), greek.error?.message.endsWith(el)]).toEqual([true, true])
  })

  test('is refused a step in a sentence, in Greek too', async () => {
    const id = await at('matriculated')
    const greek = await w.registrar.post(`/applications/${id}/withdraw`, {}, { 'accept-language': 'el' })
    expect(greek.error?.message).toBe(
      'Η αίτηση εισαγωγής είναι σε κατάσταση «ολοκληρωμένη με εγγραφή» και δεν περνά σε κατάσταση «αποχώρηση». Επιτρεπόμενες επόμενες καταστάσεις: καμία.',
    )
  })

  test.each(handedIn)('is changed and deleted by nobody when it is %s, and by no route', async (status) => {
    const person = await applicant()
    const id = await applied(w, person, { status, ...body })
    const before = (await w.registrar.get(`/applications/${id}`)).data
    for (const caller of [person, w.registrar]) {
      for (const answer of [
        await caller.patch(`/applications/${id}`, { first_name: 'Other' }),
        await caller.put(`/applications/${id}`, { ...body, statement: 'Other' }),
        await caller.delete(`/applications/${id}`),
      ])
        expect(refusal(answer)).toEqual([409, 'APPLICATION_NOT_DRAFT'])
    }
    expect(refusal(await w.registrar.post(`/applications/${id}/restore`))).toEqual([409, 'ROW_NOT_DELETED'])
    expect((await w.registrar.get(`/applications/${id}`)).data).toEqual(before)
  })

  test.each(statuses)('takes no state by PATCH or PUT: %s', async (status) => {
    for (const from of (['draft', 'accepted'] as const).filter((one) => one !== status)) {
      const id = await at(from)
      for (const answer of [
        await w.registrar.patch(`/applications/${id}`, { status }),
        await w.registrar.put(`/applications/${id}`, { ...body, status }),
      ])
        expect([answer.status, badFields(answer)]).toEqual([422, ['body.status']])
      expect(await statusOf(id)).toBe(from)
    }
  })
})

describe('the database', () => {
  const wrong = statuses.flatMap((from) =>
    statuses.filter((to) => to !== from && !edges[from].includes(to)).map((to) => [from, to] as const),
  )

  test.each(wrong)('refuses %s -> %s, whoever writes', async (from, to) => {
    const id = await at(from)
    await expect(execute('update application set status = ? where id = ?', to, id)).rejects.toThrow(
      'application_state_edge',
    )
  })

  test('lets no application begin as decided', async () => {
    const statement = `insert into application (user_id, program_id, term_id, first_name, last_name, status, search_text, created_at, updated_at)
      values (?, ?, ?, 'A', 'B', 'withdrawn', '', '', '')`
    await expect(execute(statement, me.userId, body.program_id, body.term_id)).rejects.toThrow('application_state_edge')
  })

  test('takes no step of a deleted draft', async () => {
    const id = await at('draft')
    await w.registrar.delete(`/applications/${id}`)
    await expect(execute("update application set status = 'withdrawn' where id = ?", id)).rejects.toThrow(
      'application_state_edge',
    )
  })

  test('calls nobody matriculated whose account has another student, or none', async () => {
    const id = await at('accepted')
    const { id: student } = await w.student()
    const write = execute("update application set status = 'matriculated', student_id = ? where id = ?", student, id)
    await expect(write).rejects.toThrow('application_not_linked')
  })
})
