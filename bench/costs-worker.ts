import { fillDemoTerm } from '../demo/term.ts'
import { type FrontDoor, frontDoor } from '../demo/front-door.ts'
import { backgroundContext } from '#/platform/background-context.ts'
import type { Env } from '#/platform/env.ts'
import { createUser } from '#/access/user/index.ts'
import { readGauges } from '#/platform/gauge/read-gauges.ts'
import { gauges } from '#/wiring/gauges.ts'
import worker from '#/worker.ts'
import { counting, type Counts, fresh } from './counting.ts'

export { AuditHead, Gate, Metrics, Turnstile } from '#/worker.ts'

const students = 50
const sections = 6
const password = 'Correct-Horse-9-Battery'

let counted: { env: Env; counts: Counts; execution: ExecutionContext; settle: () => Promise<void> } | undefined

/** A term of one class through the front door, with everything counted that Cloudflare bills. One answer for each kind of act. */
export default {
  ...worker,
  async fetch(_, env, execution) {
    if (!counted) counted = counting(env, worker, execution)
    const { counts, settle } = counted
    const rows: { act: string; times: number; counts: Counts }[] = []
    /** Counts what `work` costs, which does the act so many times. */
    const measure = async (act: string, times: number, work: () => Promise<unknown>) => {
      await settle()
      Object.assign(counts, fresh())
      await work()
      await settle()
      rows.push({ act, times, counts: { ...counts } })
    }
    await fillDemoTerm(counted.env, counted.execution)
    await settle()
    const bytesBefore = (await env.DB.prepare('select 1').run()).meta.size_after
    await term(counted.env, counted.execution, measure)
    const { meta } = await env.DB.prepare('select 1').run()
    const known = (await env.DB.prepare('select count(*) as n from student').first<{ n: number }>())!.n
    return Response.json({ rows, bytes: (meta.size_after - bytesBefore) / students, known })
  },
} satisfies ExportedHandler<Env>

type Measure = (act: string, times: number, work: () => Promise<unknown>) => Promise<void>

async function term(env: Env, execution: ExecutionContext, measure: Measure) {
  const ctx = backgroundContext(env, execution, 'system.read', 'bench')
  const as = async (email: string, secret = password): Promise<FrontDoor> => {
    const signedIn = await frontDoor(env, execution)('POST', '/auth/login', { email, password: secret })
    return frontDoor(env, execution, signedIn.access_token as string)
  }
  const demo = 'Lyceum-Demo-2026!'
  const [registrar, teacher] = [await as('registrar@lyceum.example', demo), await as('teacher@lyceum.example', demo)]
  const teacherId = (await teacher('GET', '/auth/me')).id
  const { id: term_id } = await registrar('POST', '/terms', {
    code: 'COST',
    name: 'Costs',
    start_date: '2026-10-01',
    end_date: '2027-02-15',
  })
  const open: number[] = []
  for (let i = 0; i < sections; i += 1) {
    const title = `Course ${i}`
    const course = await registrar('POST', '/courses', { code: `COST${i}`, title, title_el: title, credits: 5 })
    const section = await registrar('POST', '/sections', { course_id: course.id, term_id, capacity: 100 })
    await registrar('PUT', `/sections/${section.id}/instructors`, { user_ids: [teacherId] })
    open.push(section.id)
  }

  const people: { id: number; email: string }[] = []
  await measure('student admitted', students, async () => {
    for (let i = 0; i < students; i += 1) {
      const email = `cost${i}@students.lyceum.example`
      const { id } = await registrar('POST', '/students', {
        student_number: `2026-9${String(i).padStart(4, '0')}`,
        first_name: 'Γεώργιος',
        last_name: `Παπαδόπουλος${i}`,
        email,
        enrollment_date: '2026-09-20',
      })
      people.push({ id, email })
    }
  })
  const [one] = people
  await createUser(ctx, {
    email: one!.email,
    password,
    full_name: 'Γεώργιος',
    role: 'student',
    student_id: one!.id,
    email_verified_at: ctx.now,
  })

  let student = registrar
  let session = { refresh_token: '' }
  await measure('sign-in', 6, async () => {
    for (let i = 0; i < 5; i += 1)
      session = (await frontDoor(env, execution)('POST', '/auth/login', {
        email: one!.email,
        password,
      })) as unknown as typeof session
    student = await as(one!.email)
  })
  await measure('refresh', 5, async () => {
    for (let i = 0; i < 5; i += 1)
      session = (await frontDoor(env, execution)('POST', '/auth/refresh', {
        refresh_token: session.refresh_token,
      })) as unknown as typeof session
  })
  await measure('enrollment', students * sections, async () => {
    for (const section of open)
      for (const { id } of people) await registrar('POST', `/sections/${section}/enroll`, { student_id: id })
  })
  await measure('roster of attendance', sections * 10, async () => {
    for (const section of open)
      for (let day = 1; day <= 10; day += 1) {
        const date = `2026-10-${String(day + 10)}`
        const records = people.map(({ id }) => ({ student_id: id, status: 'present' }))
        await teacher('PUT', `/sections/${section}/attendance`, { date, records })
      }
  })
  await measure('roster of scores', sections * 2, async () => {
    for (const section_id of open)
      for (const [title, weight] of [
        ['Midterm', 40],
        ['Final', 60],
      ] as const) {
        const type = title === 'Final' ? 'final' : 'midterm'
        const { id } = await teacher('POST', '/assessments', { section_id, type, title, weight })
        const scores = people.map((person) => ({ assessment_id: id, student_id: person.id, score: 60 }))
        await teacher('PUT', `/sections/${section_id}/gradebook`, { scores })
      }
  })
  const pages = ['/auth/me', '/enrollments', '/results', '/attendance', `/students/${one!.id}/record`]
  await measure('page read by a student', pages.length, async () => {
    for (const page of pages) await student('GET', page)
  })
  const lists = ['/students?search=παπαδοπουλος', `/students/${one!.id}`, `/students/${one!.id}/record`, '/requests']
  await measure('page read by staff', lists.length + 1, async () => {
    for (const page of lists) await registrar('GET', page)
    await teacher('GET', `/sections/${open[0]}/gradebook`)
  })
  await measure('results of a section', sections, async () => {
    for (const section_id of open) {
      await teacher('POST', `/sections/${section_id}/results/compute`)
      await registrar('POST', '/results/publish', { section_id })
    }
  })
  await measure('transcript', 10, async () => {
    const student_ids = people.slice(0, 10).map(({ id }) => id)
    await registrar('POST', '/transcripts/batch', { student_ids, language: 'el' })
  })
  const at = (cron: string) => ({ cron, scheduledTime: Date.now(), noRetry() {} }) as ScheduledController
  const read = (await env.DB.prepare('select count(*) as n from audit_log').first<{ n: number }>())!
  await measure('audit row sealed', read.n, () => worker.scheduled(at('*/5 * * * *'), env, execution))
  await measure('jobs of five minutes', 1, () => worker.scheduled(at('*/5 * * * *'), env, execution))
  await measure('gauges', 1, () => readGauges(ctx, gauges))
  await measure('health', 1, async () => worker.fetch(new Request(`${env.PUBLIC_URL}/health`), env, execution))
  await measure('jobs of the night', 1, () => worker.scheduled(at('0 2 * * *'), env, execution))
}
