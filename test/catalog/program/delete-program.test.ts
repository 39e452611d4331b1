import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('deleting a program', () => {
  test('answers 204 and hides it from get, list and search', async () => {
    const program = await w.program({ title: 'Θεολογία' })
    const answer = await w.registrar.delete(`/programs/${program.id}`)
    expect([answer.status, await answer.response.text()]).toEqual([204, ''])
    expect((await w.registrar.get(`/programs/${program.id}`)).error?.code).toBe('PROGRAM_NOT_FOUND')
    expect((await w.registrar.get(`/programs?code=${String(program['code'])}`)).data.total).toBe(0)
    expect((await w.registrar.get('/programs?search=θεολογια')).data.items).toEqual([])
  })

  test('leaves one audit row', async () => {
    const program = await w.program()
    await w.registrar.delete(`/programs/${program.id}`)
    const [audit, ...created] = await auditRows('program', program.id)
    expect(created.map(({ action }) => action)).toEqual(['program.create'])
    expect(audit).toMatchObject({ action: 'program.delete', status: 204 })
    expect(JSON.parse(audit!.changes)).toEqual({ deleted_at: { old: null, new: expect.any(String) } })
  })

  test('twice answers 404 the second time', async () => {
    const program = await w.program()
    await w.registrar.delete(`/programs/${program.id}`)
    const before = await countRows('audit_log')
    const again = await w.registrar.delete(`/programs/${program.id}`)
    expect([again.status, again.error?.code]).toEqual([404, 'PROGRAM_NOT_FOUND'])
    expect(await countRows('audit_log')).toBe(before)
  })

  test('lets go of its code', async () => {
    const program = await w.program()
    await w.registrar.delete(`/programs/${program.id}`)
    const successor = await w.program({ code: program['code'] })
    expect(successor.id).not.toBe(program.id)
  })

  test('that has courses is refused until they are gone', async () => {
    const program = await w.program()
    const course = await w.course({ program_id: program.id })
    const refused = await w.registrar.delete(`/programs/${program.id}`)
    expect([refused.status, refused.error?.code]).toEqual([409, 'PROGRAM_IN_USE'])
    expect(refused.error?.message).toContain(`The program ${String(program['code'])} has courses or students`)
    await w.registrar.delete(`/courses/${course.id}`)
    expect((await w.registrar.delete(`/programs/${program.id}`)).status).toBe(204)
  })

  test('that has students is refused', async () => {
    const program = await w.program()
    await w.student({ program_id: program.id })
    const refused = await w.registrar.delete(`/programs/${program.id}`)
    expect([refused.status, refused.error?.code]).toEqual([409, 'PROGRAM_IN_USE'])
    expect((await w.registrar.get(`/programs/${program.id}`)).status).toBe(200)
  })
})

describe('restoring a program', () => {
  test('brings it back as it was, with one audit row', async () => {
    const program = await w.program({ degree: 'BSc' })
    await w.registrar.delete(`/programs/${program.id}`)
    const answer = await w.registrar.post(`/programs/${program.id}/restore`)
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({ ...program, version: 3, updated_at: answer.data.updated_at })
    const [audit, ...others] = await auditRows('program', program.id)
    expect(audit).toMatchObject({ action: 'program.restore', status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({ deleted_at: { old: expect.any(String), new: null } })
    expect(others).toHaveLength(2)
  })

  test('that was not deleted is told so, one that never was answers 404', async () => {
    const program = await w.program()
    const live = await w.registrar.post(`/programs/${program.id}/restore`)
    expect([live.status, live.error?.code]).toEqual([409, 'ROW_NOT_DELETED'])
    const nothing = await w.registrar.post('/programs/999999/restore')
    expect([nothing.status, nothing.error?.message]).toEqual([404, 'Program with id 999999 not found.'])
  })

  test('whose code was given to another answers 409', async () => {
    const program = await w.program()
    await w.registrar.delete(`/programs/${program.id}`)
    await w.program({ code: program['code'] })
    const answer = await w.registrar.post(`/programs/${program.id}/restore`)
    expect([answer.status, answer.error?.code]).toEqual([409, 'PROGRAM_CODE_TAKEN'])
    expect(answer.error?.message).toBe(
      `There is already a program whose code is, or looks like, ${String(program['code'])}. Choose another.`,
    )
  })

  test('five times at once brings it back once', async () => {
    const program = await w.program()
    await w.registrar.delete(`/programs/${program.id}`)
    const path = `/programs/${program.id}/restore`
    const answers = await Promise.all(Array.from({ length: 5 }, () => w.registrar.post(path)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const codes = answers.map(({ error }) => error?.code).filter((one) => one !== undefined)
    expect(codes.filter((one) => one !== 'STALE_STATE' && one !== 'PROGRAM_NOT_FOUND')).toEqual([])
    expect((await auditRows('program', program.id)).filter(({ action }) => action === 'program.restore')).toHaveLength(
      1,
    )
  })
})
