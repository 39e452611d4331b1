import type { Env } from '#/platform/env.ts'

const students = 10_000
const enrolled = 3000
const courses = 40

/** Rows to measure on, made in SQL because they are many: students, a section with room, and one student with 40 published results. */
export async function seed({
  DB,
}: Env): Promise<{ section: number; firstFree: number; graduate: number; freeStudents: number }> {
  const now = '2026-11-20T09:00:00.000Z'
  const counting = (to: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${to})`
  const stamps = `'${now}', '${now}'`
  /** Three of the 17 letters from that code point on, for telling the names of the i-th row from others. */
  const letters = (from: number) => [1, 17, 289].map((n) => `char(${from} + i / ${n} % 17)`).join(' || ')
  await DB.batch(
    [
      `insert into user (id, email, full_name, role, tier, password_hash, search_text, created_at, updated_at)
       values (1, 'bench@lyceum.example', 'Bench', 'admin', 'enterprise', '-', 'bench', ${stamps})`,
      `${counting(students)} insert into student (id, student_number, first_name, last_name, email, enrollment_date, search_text, created_at, updated_at)
       select i, printf('2025-%05d', i), 'Όνομα' || ${letters(945)}, 'Επώνυμο' || ${letters(945)}, 's' || i || '@lyceum.example', '2025-09-20',
         printf('2025-%05d επωνυμο%s ονομα%s s%d@lyceum.example', i, ${letters(945)}, ${letters(945)}, i)
           || char(10) || ' EPONIMO' || ${letters(65)} || ' ONOMA' || ${letters(65)}, ${stamps} from n`,
      `insert into term (id, code, name, start_date, end_date, created_at, updated_at) values (1, 'B', 'Bench', '2026-01-01', '2026-12-31', ${stamps})`,
      `${counting(courses)} insert into course (id, code, title, title_el, credits, search_text, created_at, updated_at)
       select i, 'BEN' || i, 'Course number ' || i, 'Μάθημα με αριθμό ' || i, 60, 'ben' || i, ${stamps} from n`,
      `${counting(courses)} insert into section (id, course_id, term_id, number, capacity, created_at, updated_at) select i, i, 1, '1', 100000, ${stamps} from n`,
      `insert into section (id, course_id, term_id, number, capacity, created_at, updated_at) values (1000, 1, 1, '2', 100000, ${stamps})`,
      `${counting(courses)} insert into assessment (section_id, type, title, weight, max_score, created_at, updated_at)
       select i, 'final', 'Exam', 10000, 10000, ${stamps} from n`,
      `${counting(enrolled)} insert into enrollment (section_id, student_id, status, enrolled_at, created_at, updated_at)
       select 1 + i % ${courses}, i, 'enrolled', '${now}', ${stamps} from n`,
      `${counting(courses)} insert into enrollment (section_id, student_id, status, enrolled_at, ended_at, created_at, updated_at)
       select i, 1, 'completed', '${now}', '${now}', ${stamps} from n where i <> 2`,
      `${counting(courses)} insert into result (student_id, section_id, outcome, percentage, letter, points, value, credits, created_at, updated_at)
       select 1, i, 'pass', 6000 + i * 90, 'B', 300, 6000 + i * 90, 60, ${stamps} from n`,
      'update result set basis = (select basis from result_basis b where b.section_id = result.section_id and b.student_id = 1)',
      `update result set state = 'published', basis = null, published_at = '${now}'`,
      `${counting(20_000)} insert into audit_log (at, actor_id, actor_role, action, entity_type, entity_id, success, method, path, status, request_id)
       select '${now}', 1, 'admin', 'enrollment.create', 'enrollment', cast(i as text), 1, 'POST', '/', 201, 'bench' from n`,
    ].map((sql) => DB.prepare(sql)),
  )
  return { section: 1000, firstFree: enrolled + 1, graduate: 1, freeStudents: students - enrolled }
}
