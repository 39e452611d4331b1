import type { Env } from '../src/env.ts'
import { demoPassword, emailOf, openAccount } from './accounts.ts'
import { courses, programs, sections, terms } from './catalog.ts'
import { type FrontDoor, frontDoor, type Row } from './front-door.ts'
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
    await decide(registrar, teacher, section, id)
  }
  await registrar('POST', `/terms/${termIds.get('2026S')}/close`)
  for (const { id } of students.slice(0, orderedTranscripts))
    await registrar('POST', '/transcripts/enqueue', { student_id: id, language: 'el' })
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

async function grade(teacher: FrontDoor, section: DemoSection, section_id: number, seated: readonly Row[]) {
  const midterm = await teacher('POST', '/assessments', {
    section_id,
    type: 'midterm',
    title: 'Midterm',
    title_el: 'Πρόοδος',
    weight: 40,
  })
  const final = await teacher('POST', '/assessments', {
    section_id,
    type: 'final',
    title: 'Final exam',
    title_el: 'Τελική εξέταση',
    weight: 60,
  })
  const graded = section.stage === 'graded so far' ? [midterm] : [midterm, final]
  const scores = graded.flatMap(({ id }, which) =>
    seated.map((student) => ({
      assessment_id: id,
      student_id: student.id,
      score: scoreOf(student.id, section_id, which),
    })),
  )
  await teacher('PUT', `/sections/${section_id}/gradebook`, { scores })
  await teacher('POST', `/assessments/${midterm.id}/release`)
}

/** Between 42 and 99.5, the same each time, and better for some than for others. */
const scoreOf = (student: number, section: number, which: number) =>
  42 + ((student * 37 + section * 11 + which * 23) % 96) / 2 + ((student * 7) % 20) / 2

async function decide(registrar: FrontDoor, teacher: FrontDoor, { stage }: DemoSection, section_id: number) {
  if (stage === 'graded so far') return
  await teacher('POST', `/sections/${section_id}/results/compute`)
  if (stage === 'draft') return
  await registrar('POST', '/results/publish', { section_id })
  if (stage === 'frozen') await registrar('POST', '/results/freeze', { section_id })
}
