import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { auditRows, countRows, unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const code = () => `PR${unique()}`

describe('creating a program', () => {
  test('answers the row with its defaults', async () => {
    const body = { code: code(), title: 'Informatics' }
    const answer = await w.registrar.post('/programs', body)
    expect(answer.status).toBe(201)
    expect(answer.data).toEqual({
      id: answer.data.id,
      ...body,
      title_el: null,
      degree: null,
      degree_el: null,
      credits_required: null,
      credits_per_term: null,
      grading_scheme: 'letters',
      repeat_policy: 'best',
      archived_at: null,
      version: 1,
      created_at: answer.data.updated_at,
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    })
  })

  test('keeps every field as it was sent', async () => {
    const body = {
      code: code(),
      title: 'Informatics',
      title_el: 'Πληροφορική',
      degree: 'BSc',
      degree_el: 'Πτυχίο',
      credits_required: 240.5,
      grading_scheme: 'greek-10',
      repeat_policy: 'average',
    }
    const { data } = await w.registrar.post('/programs', body)
    expect((await w.registrar.get(`/programs/${data.id}`)).data).toMatchObject(body)
  })

  test('trims what surrounds a text', async () => {
    const own = code()
    const { data } = await w.registrar.post('/programs', { code: ` ${own} `, title: '  Law  ' })
    expect([data.code, data.title]).toEqual([own, 'Law'])
  })

  test('leaves one audit row with the new values', async () => {
    const body = { code: code(), title: 'Informatics' }
    const { data, headers } = await w.registrar.post('/programs', body)
    const [audit, ...others] = await auditRows('program', data.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({
      action: 'program.create',
      actor_id: w.registrar.userId,
      actor_role: 'registrar',
      method: 'POST',
      path: '/api/v1/programs',
      status: 201,
      request_id: headers.get('x-request-id'),
    })
    expect(JSON.parse(audit!.changes)).toEqual({
      code: { new: body.code },
      title: { new: 'Informatics' },
      grading_scheme: { new: 'letters' },
      repeat_policy: { new: 'best' },
    })
  })

  test('with a code that is taken answers 409 and writes nothing', async () => {
    const { code: taken } = await w.program()
    const before = [await countRows('program'), await countRows('audit_log')]
    const answer = await w.registrar.post('/programs', { code: taken, title: 'Other' })
    expect([answer.status, answer.error?.code]).toEqual([409, 'PROGRAM_CODE_TAKEN'])
    expect(answer.error?.message).toBe(
      `There is already a program whose code is, or looks like, ${String(taken)}. Choose another.`,
    )
    expect([await countRows('program'), await countRows('audit_log')]).toEqual(before)
  })

  test('twelve times at once with one code makes one', async () => {
    const body = { code: code(), title: 'Informatics' }
    const answers = await Promise.all(Array.from({ length: 12 }, () => w.registrar.post('/programs', body)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ error }) => error?.code === 'PROGRAM_CODE_TAKEN')).toHaveLength(11)
    expect((await w.registrar.get(`/programs?code=${body.code}`)).data.total).toBe(1)
  })

  test.each([
    ['code', { code: undefined }],
    ['code', { code: '' }],
    ['code', { code: '-A' }],
    ['code', { code: 'x'.repeat(21) }],
    ['title', { title: '   ' }],
    ['title', { title: 'two\nlines' }],
    ['title_el', { title_el: 'x'.repeat(201) }],
    ['credits_required', { credits_required: 0.05 }],
    ['credits_required', { credits_required: -1 }],
    ['credits_required', { credits_required: '240' }],
    ['grading_scheme', { grading_scheme: 7 }],
    ['repeat_policy', { repeat_policy: 'worst' }],
  ])('refuses a wrong %s: %j', async (field, wrong) => {
    const answer = await w.registrar.post('/programs', { code: code(), title: 'Informatics', ...wrong })
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect([...new Set(badFields(answer))]).toEqual([`body.${field}`])
  })

  test('is for the registry', async () => {
    const body = { code: code(), title: 'Informatics' }
    const admin = await w.admin()
    expect((await admin.post('/programs', body)).status).toBe(201)
    const teacher = await w.teacher()
    const refused = await teacher.post('/programs', { ...body, code: code() })
    expect([refused.status, refused.error?.code]).toEqual([403, 'HTTP_403'])
    expect((await teacher.get(`/programs?code=${body.code}`)).data.total).toBe(1)
  })
})
