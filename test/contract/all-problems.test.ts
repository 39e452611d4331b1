import { beforeAll, describe, expect, test } from 'vitest'
import { chapters } from '#/wiring/endpoints.ts'
import type { Rule } from '#/platform/database/rule/rule.ts'
import { badFields, refusal } from '../call.ts'
import { type Persona, persona, unique, type World, world } from '../world.ts'
import { areApart, type Fault, type Faulty } from './fault.ts'
import { faulty } from './faults.ts'
import { taught } from './sample-rows.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const kinds = new Map(
  Object.values(chapters)
    .flat()
    .flatMap(({ rowOf, rules = [], method }) =>
      rowOf?.rules && method === 'post' ? [[rowOf.name, [...rowOf.rules, ...rules]] as const] : [],
    ),
)
const told = ({ error }: { error: { details: { errors?: { path: string; code: string }[] } } | null }) =>
  (error?.details.errors ?? []).map(({ path, code }) => `${path}: ${code}`)
const asTold = ({ at, code }: Fault) => `${at}: ${code}`

/** Faults that can be given together, the first ones before others. */
function together(faults: readonly Fault[]): Fault[] {
  const chosen: Fault[] = []
  for (const one of faults) if (chosen.every((other) => areApart(one, other))) chosen.push(one)
  return chosen
}

const pairs = (faults: readonly Fault[]) =>
  faults.flatMap((one, i) =>
    faults
      .slice(i + 1)
      .filter((other) => areApart(one, other))
      .map((other) => [one, other]),
  )
const bodyOf = (faults: readonly Fault[]) => Object.assign({}, ...faults.map(({ given }) => given)) as object

/** Some rules tell codes of their own, which the field shows. */
const isOf = ({ at, code }: Fault, { error, fields: [field], says }: Rule) =>
  code === (says?.code ?? error.code) || (error.code in speaking && at.startsWith(field))
const speaking: object = { VALIDATION_ERROR: true, SCHEME_UNSOUND: true }

describe.each(Object.keys(faulty))('what is wrong with a %s', (kind) => {
  let of: Faulty
  beforeAll(async () => {
    of = await faulty[kind]!(w, admin)
  })
  const create = (body: object) => admin.post(of.path, { ...of.sound(), ...body })
  const ofNew = () => [...of.faults, ...(of.creating ?? [])]

  test('is known rule by rule', () => {
    const tried = [...ofNew(), ...(of.changing ?? [])]
    const untried = kinds.get(kind)!.filter((rule) => !tried.some((fault) => isOf(fault, rule)))
    expect(untried.map(({ error, fields: [field] }) => [error.code, field])).toEqual([])
  })

  test('is told at once, with what is not well-formed', async () => {
    for (const fault of ofNew()) {
      const answer = await create({ ...fault.given, ...of.malformed })
      expect([fault.code, ...refusal(answer)]).toEqual([fault.code, 422, 'VALIDATION_ERROR'])
      expect(told(answer)).toContain(asTold(fault))
      expect(badFields(answer)).toContain(`body.${Object.keys(of.malformed)[0]}`)
    }
  })

  test('is told two at a time', async () => {
    const halves: unknown[] = []
    for (const pair of pairs(ofNew())) {
      const answer = await create(bodyOf(pair))
      const said = answer.status >= 400 ? told(answer) : []
      if (!pair.every((fault) => said.includes(asTold(fault)))) halves.push([pair, answer.status, said])
    }
    expect(halves).toEqual([])
  })

  test('is told all at once', async () => {
    const faults = together(ofNew())
    expect(told(await create(bodyOf(faults))).toSorted()).toEqual(faults.map(asTold).toSorted())
  })

  test('is told all at once of a row that is there', async () => {
    const faults = together([...(of.changing ?? []), ...of.faults])
    const [body, repeated] = [bodyOf(faults), { created_at: '2001-01-01T00:00:00.000Z' }]
    const answers = of.row
      ? [
          await admin.patch(of.row, body),
          await admin.patch(of.row, { ...body, ...of.malformed }),
          await admin.patch(of.row, { ...body, ...repeated }),
        ]
      : []
    for (const answer of answers) expect(told(answer)).toEqual(expect.arrayContaining(faults.map(asTold)))
    if (of.row) expect(told(answers[2]!)).toContain('created_at: read_only')
    expect(answers.length).toBe(of.row ? 3 : 0)
  })

  test('is nothing when the row is sound', async () => {
    expect((await create({})).status).toBe(201)
  })
})

test('every kind of row with rules is tried', () => {
  expect([...kinds.keys()].toSorted()).toEqual(Object.keys(faulty).toSorted())
})

describe('beside a refusal', () => {
  test('a row that keeps what it has is not told that it is taken, nor of anything else that stays', async () => {
    const program = await w.program()
    const { id, email, student_number } = await w.student({ student_number: `am-${unique()}`, program_id: program.id })
    await w.registrar.post(`/programs/${program.id}/archive`)
    const same = { email, program_id: program.id, student_number: student_number.toUpperCase() }
    const answer = await admin.patch(`/students/${id}`, { ...same, enrollment_date: '2999-01-01' })
    expect([refusal(answer), told(answer)]).toEqual([
      [422, 'ENROLLMENT_DATE_IN_FUTURE'],
      ['enrollment_date: ENROLLMENT_DATE_IN_FUTURE'],
    ])
  })

  test('an applicant hears of no account but their own', async () => {
    const [applicant, other] = [await persona('student'), await persona('student')]
    const answers = [other.userId, 999_999].map((user_id) =>
      applicant.post('/applications', { user_id, program_id: 999_999, term_id: 999_999, last_name: 'Ράλλη' }),
    )
    const [ofAnother, ofNobody] = await Promise.all(answers)
    expect(told(ofAnother!)).toContain('user_id: APPLICATION_ACCOUNT_NOT_FOUND')
    expect(told(ofAnother!)).toEqual(told(ofNobody!))
  })

  test('a teacher hears nothing of a section that somebody else keeps', async () => {
    const [{ section }, teacher, stranger] = [await taught(w), await w.teacher(), await w.student()]
    const day = { section_id: section.id, student_id: stranger.id, date: '2001-01-01', status: 'present' }
    const answer = await teacher.post('/attendance', { ...day, note: 5 })
    expect([refusal(answer), told(answer)]).toEqual([
      [422, 'VALIDATION_ERROR'],
      ['note: wrong_type', 'section_id: SECTION_NOT_FOUND'],
    ])
    const nowhere = await teacher.post('/attendance', { ...day, section_id: 999_999, note: 5 })
    expect(told(nowhere)).toEqual(told(answer))
    const { name } = await w.category(section.id)
    const body = { section_id: section.id, name, weight: 5 }
    expect(told(await teacher.post('/assessment-categories', body))).toEqual(['section_id: SECTION_NOT_FOUND'])
    expect(told(await teacher.post('/assessment-categories', { ...body, weight: 200 }))).toEqual([
      'weight: too_big',
      'section_id: SECTION_NOT_FOUND',
    ])
  })
})
