import { system } from '#/platform/context.ts'
import { type Env, settingsOf } from '#/platform/env.ts'
import { signAccessToken } from '#/access/session/access-token.ts'
import worker from '#/worker.ts'

export { AuditHead, Gate, Metrics, Turnstile } from '#/worker.ts'

const popular = 50
const others = 200
/** Of those who want a popular section, so many in ten find a seat, and one in ten a place in its waitlist. */
const seatsInTen = 7

/** Lyceum with a term to enroll in, and what became of it. */
export default {
  ...worker,
  async fetch(request, env, execution) {
    const { pathname, searchParams } = new URL(request.url)
    const pace = searchParams.get('pace')
    if (pathname === '/bench/seed')
      return Response.json(await seed(env, Number(searchParams.get('students')), pace === null ? null : Number(pace)))
    if (pathname === '/bench/check') return Response.json(await check(env))
    return worker.fetch(request, env, execution)
  },
} satisfies ExportedHandler<Env>

/** A term of 50 sections that everybody wants and 200 others, students with accounts, and an access token for each of them. */
async function seed(env: Env, students: number, pace: number | null) {
  const now = new Date().toISOString()
  const stamps = `'${now}', '${now}'`
  const counting = (to: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${to})`
  const wanted = (students * 3) / popular
  const [seats, waiting] = [Math.ceil((wanted * seatsInTen) / 10), Math.ceil(wanted / 10)]
  await env.DB.batch(
    [
      `${counting(students)} insert into student (id, student_number, first_name, last_name, email, enrollment_date, search_text, created_at, updated_at)
       select i, printf('2026-%05d', i), 'Όνομα', 'Επώνυμο' || i, 's' || i || '@lyceum.example', '2026-09-20', printf('2026-%05d', i), ${stamps} from n`,
      `${counting(students)} insert into user (id, email, full_name, role, student_id, password_hash, search_text, email_verified_at, created_at, updated_at)
       select i, 's' || i || '@lyceum.example', 'Bench', 'student', i, '-', 'bench', '${now}', ${stamps} from n`,
      `insert into term (id, code, name, start_date, end_date, turnstile_pace, created_at, updated_at)
       values (1, 'B', 'Bench', '2026-01-01', '2026-12-31', ${pace ?? 'null'}, ${stamps})`,
      `${counting(popular + others)} insert into course (id, code, title, credits, search_text, created_at, updated_at)
       select i, 'BEN' || i, 'Course number ' || i, 60, 'ben' || i, ${stamps} from n`,
      `${counting(popular + others)} insert into section (id, course_id, term_id, number, capacity, waitlist_capacity, created_at, updated_at)
       select i, i, 1, '1', iif(i <= ${popular}, ${seats}, ${students}), iif(i <= ${popular}, ${waiting}, 0), ${stamps} from n`,
    ].map((sql) => env.DB.prepare(sql)),
  )
  const tokens = []
  for (let id = 1; id <= students; id += 1) {
    const actor = { ...system, id, role: 'student', sessionId: `bench-${id}`, studentId: id } as const
    tokens.push(await signAccessToken(settingsOf(env), actor, now))
  }
  return { popular, others, seats, tokens }
}

/** What must be none, and how many seats and places there are, as the database has them. */
const check = (env: Env) =>
  env.DB.prepare(
    `select
       (select count(*) from section s where (select count(*) from enrollment e
          where e.section_id = s.id and e.status = 'enrolled' and e.deleted_at is null) > s.capacity) as overbooked,
       (select count(*) from section s where s.seats_taken <> (select count(*) from enrollment e
          where e.section_id = s.id and e.status = 'enrolled' and e.deleted_at is null)) as miscounted,
       (select count(*) from (select 1 from enrollment where status = 'enrolled' and deleted_at is null
          group by student_id, course_id having count(*) > 1)) as twice,
       (select count(*) from (select section_id from waitlist_entry where enrollment_id is null and deleted_at is null
          group by section_id having count(*) > (select waitlist_capacity from section where id = section_id))) as overfull,
       (select count(*) from enrollment where status = 'enrolled' and deleted_at is null) as seats,
       (select count(*) from waitlist_entry where enrollment_id is null and deleted_at is null) as waiting`,
  ).first()
