import { beforeAll, describe, expect, test } from 'vitest'
import { badFields, refusal } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('changing a program', () => {
  test('PATCH changes the given fields and nothing else', async () => {
    const program = await w.program({ degree: 'BSc', repeat_policy: 'last' })
    const answer = await w.registrar.patch(`/programs/${program.id}`, { title: 'Computer Science' })
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({
      ...program,
      title: 'Computer Science',
      version: 2,
      updated_at: answer.data.updated_at,
    })
    expect((await w.registrar.get(`/programs/${program.id}`)).data).toEqual(answer.data)
  })

  test('PATCH with null clears a field', async () => {
    const program = await w.program({ degree: 'BSc' })
    expect((await w.registrar.patch(`/programs/${program.id}`, { degree: null })).data.degree).toBeNull()
  })

  test('PUT replaces: what is left out returns to its default', async () => {
    const program = await w.program({ degree: 'BSc', repeat_policy: 'last', grading_scheme: 'greek-20' })
    const answer = await w.registrar.put(`/programs/${program.id}`, { code: program['code'], title: 'Law' })
    expect(answer.status).toBe(200)
    expect(answer.data).toMatchObject({
      id: program.id,
      title: 'Law',
      title_el: null,
      degree: null,
      repeat_policy: 'best',
      grading_scheme: 'letters',
      version: 2,
    })
  })

  test('PUT without a required field is refused', async () => {
    const program = await w.program()
    const answer = await w.registrar.put(`/programs/${program.id}`, { title: 'Law' })
    expect(answer.status).toBe(422)
    expect(answer.error?.details.errors).toMatchObject([{ in: 'body', path: 'code' }])
  })

  test('leaves an audit row with old and new values of the changed fields only', async () => {
    const program = await w.program({ credits_required: 240 })
    await w.registrar.patch(`/programs/${program.id}`, {
      title: 'Law',
      credits_required: 300.5,
      title_el: 'Πληροφορική',
    })
    const [audit, , ...others] = await auditRows('program', program.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'program.update', actor_id: w.registrar.userId, status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({
      title: { old: 'Informatics', new: 'Law' },
      credits_required: { old: 240, new: 300.5 },
    })
  })

  test('to the values it has writes nothing', async () => {
    const program = await w.program({ credits_required: 240.5 })
    const before = await countRows('audit_log')
    const same = await w.registrar.patch(`/programs/${program.id}`, { title: 'Informatics', credits_required: 240.5 })
    const empty = await w.registrar.patch(`/programs/${program.id}`, {})
    expect([same.data, empty.data]).toEqual([program, program])
    expect(await countRows('audit_log')).toBe(before)
  })

  test('to a code that is taken answers 409 and keeps the row', async () => {
    const [one, other] = [await w.program(), await w.program()]
    const answer = await w.registrar.patch(`/programs/${one.id}`, { code: other['code'] })
    expect([answer.status, answer.error?.code]).toEqual([409, 'PROGRAM_CODE_TAKEN'])
    expect(answer.error?.message).toBe(
      `There is already a program whose code is, or looks like, ${String(other['code'])}. Choose another.`,
    )
    expect((await w.registrar.get(`/programs/${one.id}`)).data).toEqual(one)
  })

  test('moves it in the search: found by the new title, not by the old one', async () => {
    const program = await w.program({ title: 'Αρχαιολογία' })
    await w.registrar.patch(`/programs/${program.id}`, { title: 'Φιλοσοφία' })
    const ids = async (word: string) =>
      (await w.registrar.get(`/programs?search=${word}`)).data.items.map((item: { id: number }) => item.id)
    expect([await ids('αρχαιολογια'), await ids('φιλοσοφια')]).toEqual([[], [program.id]])
  })

  test('that is not there answers 404 with its id', async () => {
    for (const answer of [
      await w.registrar.get('/programs/999999'),
      await w.registrar.patch('/programs/999999', { title: 'Law' }),
      await w.registrar.put('/programs/999999', { code: 'NONE', title: 'Law' }),
    ]) {
      expect([answer.status, answer.error?.message]).toEqual([404, 'Program with id 999999 not found.'])
    }
  })

  test('does not take what only the server sets', async () => {
    const program = await w.program()
    const path = `/programs/${program.id}` as const
    const shown = await w.registrar.patch(path, { id: program.id + 1, version: program.version })
    expect([shown.status, badFields(shown)]).toEqual([422, ['body.id']])
    const stale = await w.registrar.patch(path, { degree: 'MSc', version: 9 })
    expect(refusal(stale)).toEqual([412, 'PRECONDITION_FAILED'])
    const unknown = await w.registrar.patch(path, { id: program.id + 1, version: 9, deleted_at: null })
    expect([unknown.status, badFields(unknown)]).toEqual([422, ['body.deleted_at']])
    expect((await w.registrar.get(path)).data).toEqual(program)
  })
})
