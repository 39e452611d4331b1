import type { Env } from '#/platform/env.ts'
import { demoPassword, emailOf, openAccount } from './accounts.ts'
import { fillApplications } from './admission.ts'
import { courses, evaluationRules, programs, sections, terms } from './catalog.ts'
import { type FrontDoor, frontDoor, type Row } from './front-door.ts'
import { decide, grade, takeAttendance } from './grading.ts'
import { people } from './people.ts'

type DemoSection = (typeof sections)[number]

const studentCount = 60
const orderedTranscripts = 5

/** Fills an empty database with a term, through the API: nothing here writes SQL. */
export async function fillDemoTerm(env: Env, execution: ExecutionContext): Promise<void> {
  for (const name of ['admin', 'registrar', 'teacher', 'teacher2'] as const) await openAccount(env, execution, name)
  const signIn = async (email: string) => {
    const { access_token } = await frontDoor(env, execution)('POST', '/auth/login', { email, password: demoPassword })
    return frontDoor(env, execution, access_token as string)
  }
  const registrar = await signIn(emailOf('registrar'))
  const teachers = { teacher: await signIn(emailOf('teacher')), teacher2: await signIn(emailOf('teacher2')) }
  const teacherIds = {
    teacher: (await teachers.teacher('GET', '/auth/me')).id,
    teacher2: (await teachers.teacher2('GET', '/auth/me')).id,
  }

  const programIds = await each(registrar, '/programs', programs, ({ code }) => code)
  const courseBodies = courses.map(({ program, ...course }) => ({ ...course, program_id: programIds.get(program) }))
  const courseIds = await each(registrar, '/courses', courseBodies, ({ code }) => code)
  for (const [code, rules] of Object.entries(evaluationRules))
    await registrar('PUT', `/courses/${courseIds.get(code)}/evaluation-rules`, { rules })
  const termIds = await each(registrar, '/terms', terms, ({ code }) => code)
  const students = await admitStudents(registrar, programIds)
  await openAccount(env, execution, 'student', students[0]!.id)
  await openAccount(env, execution, 'student2', students[1]!.id)

  for (const section of sections) {
    const teacher = teachers[section.teacher]
    const { id } = await registrar('POST', '/sections', {
      course_id: courseIds.get(section.course),
      term_id: termIds.get(section.term),
      number: section.number,
      capacity: section.capacity,
      waitlist_capacity: 10,
    })
    await registrar('PUT', `/sections/${id}/instructors`, { user_ids: [teacherIds[section.teacher]] })
    const seated = students.filter(
      ({ program_id }, i) => program_id === programIds.get(section.course.slice(0, 3)) && belongsTo(section, i),
    )
    for (const student of seated.slice(0, section.capacity))
      await registrar('POST', `/sections/${id}/enroll`, { student_id: student.id })
    for (const student of seated.slice(section.capacity))
      await registrar('POST', `/sections/${id}/waitlist`, { student_id: student.id })
    await grade(teacher, section, id, seated.slice(0, section.capacity))
    if (section.takesAttendance) await takeAttendance(teacher, id, seated.slice(0, section.capacity))
    await decide(registrar, teacher, section, id)
  }
  await fillApplications(env, execution, { registrar, programIds, term_id: termIds.get('2026W')! })
  await registrar('POST', `/terms/${termIds.get('2026S')}/close`)
  const student_ids = students.slice(0, orderedTranscripts).map(({ id }) => id)
  await registrar('POST', '/transcripts/batch', { student_ids, language: 'el' })
  await grantLetter(registrar, students[0]!.id)
}

async function each<T extends { code: string }>(
  call: FrontDoor,
  path: string,
  bodies: readonly T[],
  keyOf: (body: T) => string,
) {
  const ids = new Map<string, number>()
  for (const body of bodies) ids.set(keyOf(body), (await call('POST', path, body)).id)
  return ids
}

async function admitStudents(registrar: FrontDoor, programIds: Map<string, number>): Promise<Row[]> {
  const students: Row[] = []
  for (const [i, [first_name, last_name, father_name, latin_name]] of people(studentCount).entries()) {
    const year = 2024 + (i % 2)
    const student = await registrar('POST', '/students', {
      student_number: `${year}-${String(i + 1).padStart(5, '0')}`,
      first_name,
      last_name,
      father_name,
      latin_name,
      email: `s${String(i + 1).padStart(3, '0')}@students.lyceum.example`,
      date_of_birth: `${2004 + (i % 3)}-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 27) + 1).padStart(2, '0')}`,
      program_id: programIds.get(i % 5 < 3 ? 'INF' : 'PHI'),
      study_year: 2026 - year,
      enrollment_date: `${year}-09-20`,
    })
    students.push(student)
  }
  return students
}

/** The two sections of Databases share its students; everybody takes the other courses of their program. */
const belongsTo = ({ course, number }: DemoSection, i: number) =>
  course !== 'INF201' || (number === '1' ? i % 2 === 0 : i % 2 === 1)

/** A certificate of studies that was asked for and approved. */
async function grantLetter(registrar: FrontDoor, student_id: number) {
  const details = 'Για τη χορήγηση δελτίου ειδικού εισιτηρίου'
  const { id } = await registrar('POST', '/requests', { student_id, type: 'bonafide', language: 'el', details })
  await registrar('POST', `/requests/${id}/transition`, { status: 'approved' })
}
