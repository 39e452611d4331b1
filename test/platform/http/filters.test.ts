import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { auditRows, type Persona, testEnv, type World, world } from '../../world.ts'

let w: World
let admin: Persona
let programs: { id: number }[]
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  programs = [await w.program({ code: 'ΠΛΗ10' }), await w.program({ code: 'LAW' })]
  const [first, second] = programs as [{ id: number }, { id: number }]
  await w.course({ code: 'ALG1', credits: 2.5, program_id: first.id })
  await w.course({ code: 'ALG2', credits: 5, program_id: second.id })
  await w.course({ code: 'ΒΑΣΗ3', credits: 7.5, program_id: second.id })
  await w.course({ code: '100_A', credits: 10 })
  await w.student({ student_number: 'S1', enrollment_date: '2024-09-20', study_year: 1, status: 'on_leave' })
  await w.student({ student_number: 'S2', enrollment_date: '2025-09-20', study_year: 2 })
  await w.student({ student_number: 'S3', enrollment_date: '2026-09-20', study_year: 3 })
})

const codes = async (query: string) =>
  (await w.registrar.get(`/courses?ordering=id&${query}`)).data.items.map((item: { code: string }) => item.code)
const numbers = async (query: string) =>
  (await w.registrar.get(`/students?ordering=id&${query}`)).data.items.map(
    (item: { student_number: string }) => item.student_number,
  )

describe('lookups of text', () => {
  test('equal to one, one of several, or containing a part', async () => {
    expect(await codes('code=ALG1')).toEqual(['ALG1'])
    expect(await codes('code=alg1')).toEqual(['ALG1'])
    expect(await codes('code__in=ALG2,ΒΑΣΗ3,NONE')).toEqual(['ALG2', 'ΒΑΣΗ3'])
    expect(await codes('code__contains=lg')).toEqual(['ALG1', 'ALG2'])
    expect(await codes('code__contains=ALG')).toEqual(['ALG1', 'ALG2'])
  })

  test('containing a part in Greek', async () => {
    expect(await codes(`code__contains=${encodeURIComponent('ΑΣΗ')}`)).toEqual(['ΒΑΣΗ3'])
  })

  test('take wildcards and quotes literally', async () => {
    expect(await codes('code__contains=_A')).toEqual(['100_A'])
    expect(await codes('code__contains=%25')).toEqual([])
    expect(await codes('code__contains=%2541')).toEqual([])
    expect(await codes(`code=${encodeURIComponent("' or 1=1 --")}`)).toEqual([])
    expect(await codes(`code__contains=${encodeURIComponent("') or 1=1 --")}`)).toEqual([])
    expect(await codes(`code__in=${encodeURIComponent('ALG1","ALG2')}`)).toEqual([])
  })

  test.each(['code__contains=%00', 'code=%00', 'search=%00', 'code=A%00', 'search=a%07'])(
    'with a control character find nothing: %s',
    async (query) => {
      expect(await codes(query)).toEqual([])
    },
  )
})

describe('lookups of numbers', () => {
  test('compare, decimals included', async () => {
    expect(await codes('credits=7.5')).toEqual(['ΒΑΣΗ3'])
    expect(await codes('credits__gte=5')).toEqual(['ALG2', 'ΒΑΣΗ3', '100_A'])
    expect(await codes('credits__gt=5')).toEqual(['ΒΑΣΗ3', '100_A'])
    expect(await codes('credits__lte=5')).toEqual(['ALG1', 'ALG2'])
    expect(await codes('credits__lt=5')).toEqual(['ALG1'])
    expect(await codes('credits__in=2.5,7.5')).toEqual(['ALG1', 'ΒΑΣΗ3'])
    expect(await codes('credits__gt=2.5&credits__lt=7.5')).toEqual(['ALG2'])
  })

  test('of ids', async () => {
    const [first, second] = programs
    expect(await codes(`program_id=${second!.id}`)).toEqual(['ALG2', 'ΒΑΣΗ3'])
    expect(await codes(`program_id__in=${first!.id},${second!.id}`)).toEqual(['ALG1', 'ALG2', 'ΒΑΣΗ3'])
    expect(await codes('program_id=999999')).toEqual([])
  })

  test.each([
    'credits=much',
    'credits__in=1,x',
    'program_id=1.5',
    'program_id=99999999999999999999',
    'program_id__gte=1',
    'credits=Infinity',
    'credits=1&credits=2',
  ])('refuses %s', async (query) => {
    const answer = await w.registrar.get(`/courses?${query}`)
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect(badFields(answer)[0]).toMatch(new RegExp(`^query\\.${query.split('=')[0]}`))
  })
})

describe('lookups of dates and words of a list', () => {
  test('dates compare by the calendar', async () => {
    expect(await numbers('enrollment_date=2025-09-20')).toEqual(['S2'])
    expect(await numbers('enrollment_date__gte=2025-09-20')).toEqual(['S2', 'S3'])
    expect(await numbers('enrollment_date__lt=2025-09-20')).toEqual(['S1'])
    expect(await numbers('enrollment_date__in=2024-09-20,2026-09-20')).toEqual(['S1', 'S3'])
  })

  test('words must be those of the field', async () => {
    expect(await numbers('status=on_leave')).toEqual(['S1'])
    expect(await numbers('status__in=on_leave,active')).toEqual(['S1', 'S2', 'S3'])
    const answer = await w.registrar.get('/students?status=gone')
    expect(badFields(answer)).toEqual(['query.status'])
  })

  test.each(['enrollment_date=2025-02-30', 'enrollment_date=yesterday', 'enrollment_date__gte=2025'])(
    'refuses %s',
    async (query) => {
      expect((await w.registrar.get(`/students?${query}`)).error?.code).toBe('VALIDATION_ERROR')
    },
  )

  test('instants may be written with or without fractions of a second', async () => {
    const { id } = await w.program()
    const [row] = (await auditRows('program', id)) as unknown as [{ id: number; at: string }]
    const second = `${row.at.slice(0, 19)}Z`
    const from = await admin.get(`/audit/logs?entity_type=program&entity_id=${id}&from=${second}`)
    expect(from.data.items.map((item: { id: number }) => item.id)).toEqual([row.id])
    const exact = await admin.get(`/audit/logs?entity_type=program&entity_id=${id}&from=${row.at}&to=${row.at}`)
    expect(exact.data.items.map((item: { id: number }) => item.id)).toEqual([row.id])
  })

  test('a day holds what happened in its last millisecond: `__lte` has it, `__gt` has not', async () => {
    const { userId, email } = await w.teacher()
    const setTo = (at: string) =>
      testEnv.DB.prepare('update user set created_at = ? where id = ?').bind(at, userId).run()
    const has = async (filter: string) =>
      (await admin.get(`/users?email=${email}&created_at${filter}`)).data.items.length
    await setTo('2025-03-30T23:59:59.999Z')
    expect([await has('__lte=2025-03-30'), await has('__gt=2025-03-30')]).toEqual([1, 0])
    expect([await has('__gte=2025-03-31'), await has('__lt=2025-03-31')]).toEqual([0, 1])
    await setTo('2025-03-31T00:00:00.000Z')
    expect([await has('__lte=2025-03-30'), await has('__gt=2025-03-30')]).toEqual([0, 1])
    expect([await has('__gte=2025-03-31'), await has('__lt=2025-03-31')]).toEqual([1, 0])
  })

  test('a parameter that is given twice is refused', async () => {
    const { status, error } = await w.registrar.get('/students?status=active&status=withdrawn')
    expect([status, badFields({ error })[0]]).toEqual([422, 'query.status'])
  })

  test('several filters must all hold', async () => {
    expect(await numbers('status=active&study_year__gte=2&enrollment_date__lte=2025-12-31')).toEqual(['S2'])
  })
})
