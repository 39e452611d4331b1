import { beforeAll, describe, expect, test } from 'vitest'
import { studentsNamed } from '../../grading/named.ts'
import { refusal, badFields } from '../../call.ts'
import { timingOf } from '../../platform/http/serve.ts'
import { countRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'
import { rendered } from './jobs.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

type Job = { student_id: number; job_id: string }

const order = (body: object, query = '', by: Persona = w.registrar) => by.post(`/transcripts/batch${query}`, body)
const blocked = async () => {
  const { id } = await w.student()
  const hold = { kind: 'financial', blocks: ['transcript'], office: 'Treasury', reason: 'Fees' }
  await w.registrar.post(`/students/${id}/holds`, hold)
  return id
}
const nobody = 999_999

/** Counts of what a batch writes. */
const written = async () => ({ jobs: await countRows('transcript_job'), audits: await countRows('audit_log') })

/** Students by one statement, in a program of their own. */
async function program(students: number) {
  const { id } = await w.program()
  await execute(
    `insert into student (student_number, first_name, last_name, email, program_id, study_year, enrollment_date, search_text, created_at, updated_at)
     select 'B${id}-' || value, 'Name', 'Surname', 'b${id}-' || value || '@lyceum.test', ?, 1, '2024-09-20', '', '', ''
     from (with recursive n (value) as (select 1 union all select value + 1 from n where value < ?) select value from n)`,
    id,
    students,
  )
  return id
}

/** Takes the work away again before the queue has done it: hundreds of pages would keep it busy. */
const forget = (jobs: readonly Job[]) =>
  execute(
    'delete from transcript_job where id in (select value from json_each(?))',
    JSON.stringify(jobs.map(({ job_id }) => job_id)),
  )

describe('a batch of transcripts', () => {
  test('makes a job for each student in one write, and the queue renders them all', async () => {
    const ids = [(await w.student()).id, (await w.student()).id, (await w.student()).id]
    const before = await written()
    const answer = await order({ student_ids: ids, language: 'el' })
    expect([answer.status, answer.data]).toEqual([
      202,
      {
        created: 3,
        updated: 0,
        skipped: 0,
        failed: 0,
        errors: [],
        jobs: (await studentsNamed(w, ids)).map(({ student_id, student_number }) => ({
          student_id,
          student_number,
          job_id: expect.stringMatching(/^[\w-]{22}$/),
        })),
      },
    ])
    expect(await written()).toEqual({ jobs: before.jobs + 3, audits: before.audits + 1 })
    for (const { job_id, student_id } of answer.data.jobs as Job[]) {
      await rendered(w.registrar, job_id)
      const { data } = await w.registrar.get(`/transcripts/jobs/${job_id}`)
      expect(data).toMatchObject({ student_id, language: 'el', error_code: null })
    }
    const listed = await w.registrar.get(`/transcripts/jobs?student_id__in=${ids.join()}`)
    expect(listed.data.total).toBe(3)
  }, 30_000)

  test('reports each student who is unknown or has a hold, and orders the rest', async () => {
    const [one, held, other] = [(await w.student()).id, await blocked(), (await w.student()).id]
    const { status, data } = await order({ student_ids: [one, held, nobody, other, one] })
    expect(status).toBe(202)
    expect(data).toMatchObject({ created: 2, skipped: 1, failed: 2 })
    expect(data.errors).toEqual([
      {
        index: 1,
        student_id: held,
        student_number: (await studentsNamed(w, [held]))[0]!.student_number,
        code: 'HOLD',
        message: 'A financial hold blocks this. Ask Treasury how to have it released.',
      },
      {
        index: 2,
        student_id: nobody,
        student_number: null,
        code: 'STUDENT_NOT_FOUND',
        message: `Student with id ${nobody} not found.`,
      },
    ])
    expect(data.jobs.map(({ student_id }: Job) => student_id)).toEqual([one, other])
    await forget(data.jobs)
  })

  test.each(['?atomic=true', '?dry_run=true'])('writes nothing with %s', async (query) => {
    const [one, held] = [(await w.student()).id, await blocked()]
    const before = await written()
    const { data } = await order({ student_ids: [one, held] }, query)
    expect(data).toMatchObject({ failed: 1, jobs: [], created: query === '?dry_run=true' ? 1 : 0 })
    expect(await written()).toEqual(before)
  })

  test('of a section is for those who sit in it, not for those who dropped it', async () => {
    const section = await w.section()
    const [stays, drops] = [(await w.student()).id, (await w.student()).id]
    await w.enroll(section.id, stays)
    const { id } = await w.enroll(section.id, drops)
    await w.registrar.post(`/enrollments/${id}/drop`)
    const { data } = await order({ section_id: section.id })
    expect(data.jobs.map(({ student_id }: Job) => student_id)).toEqual([stays])
    await forget(data.jobs)
  })

  test('of a program of 250 takes one round trip to read, one to write, and every message leaves', async () => {
    const answer = await order({ program_id: await program(250) })
    await forget(answer.data.jobs)
    expect(answer.data).toMatchObject({ created: 250, failed: 0 })
    expect(timingOf(answer).roundTrips).toBe(2)
    expect(new Set(answer.data.jobs.map(({ job_id }: Job) => job_id)).size).toBe(250)
    await expect.poll(() => countRows('outbox'), { timeout: 10_000 }).toBe(0)
    const dead = await testEnv.DB.prepare('select count(*) as n from dead_letter').first()
    expect(dead).toEqual({ n: 0 })
  })

  test('takes five hundred students and no more', async () => {
    const most = await order({ program_id: await program(500) }, '?dry_run=true')
    expect(most.data).toMatchObject({ created: 500, jobs: [] })
    const more = await order({ program_id: await program(501) })
    expect(refusal(more)).toEqual([400, 'TRANSCRIPT_BATCH_TOO_LARGE'])
    expect(more.error?.message).toContain('at most 500 students')
    const named = await order({ student_ids: Array.from({ length: 501 }, (_, i) => i + 1) })
    expect(badFields(named)).toEqual(['body.student_ids'])
  })

  test.each([
    [{}, ['body.student_ids', 'body.section_id', 'body.program_id']],
    [{ student_ids: [] }, ['body.student_ids']],
    [{ student_ids: [1], section_id: 1 }, ['body.student_ids', 'body.section_id']],
    [{ section_id: 1, language: 'de' }, ['body.language']],
  ])('is refused: %j', async (body, fields) => {
    expect(badFields(await order(body))).toEqual(fields)
  })

  test('of an unknown section or program is not found', async () => {
    expect(refusal(await order({ section_id: nobody }))).toEqual([404, 'SECTION_NOT_FOUND'])
    expect(refusal(await order({ program_id: nobody }))).toEqual([404, 'PROGRAM_NOT_FOUND'])
  })

  test('is for the registry', async () => {
    const me = await w.studentPersona()
    for (const by of [me, await w.teacher()])
      expect(refusal(await order({ student_ids: [me.studentId!] }, '', by))).toEqual([403, 'HTTP_403'])
  })
})
