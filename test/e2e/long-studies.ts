import type { AnswerAt } from '../answer-at.ts'
import type { Caller } from './client.ts'

type Made<P extends string> = AnswerAt<'POST', P>
type Scores = readonly [midterm: number, final: number]

export interface Studies {
  student: Made<'/students'>
  program: Made<'/programs'>
  /** In order of time. */
  terms: Made<'/terms'>[]
  courses: Made<'/courses'>[]
  /** Midterm and final of each course, out of 100, with weights of 33.33 and 66.67. */
  scores: Scores[]
  /** The first attempt at the one course that was taken twice; the second was better. */
  repeated: AnswerAt<'GET', '/results/:'>
}

const perTerm = 8

/** A student who has taken forty courses in five terms and the first of them a second time, made through the API. */
export async function attendUniversity(registrar: Caller): Promise<Studies> {
  const program = await registrar.make('/programs', {
    code: 'PAPER',
    title: 'Classical Philology',
    title_el: 'Κλασική Φιλολογία',
    degree: 'Bachelor of Arts',
    credits_required: 240,
  })
  const student = await registrar.make('/students', {
    student_number: '2021-PA040',
    first_name: 'Όμηρος',
    last_name: 'Παπαϊωάννου-Ζαΐμης',
    latin_name: 'Omiros Papaioannou-Zaimis',
    father_name: 'Άγγελος',
    email: 'paper@lyceum.test',
    date_of_birth: '2003-02-28',
    program_id: program.id,
    study_year: 5,
    enrollment_date: '2021-09-20',
  })
  const terms: Studies['terms'] = []
  for (const n of [1, 2, 3, 4, 5]) terms.push(await registrar.make('/terms', termOf(n)))
  const courses: Studies['courses'] = []
  for (let n = 0; n < terms.length * perTerm; n += 1)
    courses.push(await registrar.make('/courses', courseOf(n, program.id)))
  const scores = courses.map((_, n) => scoresOf(n))
  for (const [n, course] of courses.entries()) {
    await attend(registrar, student, course, terms[Math.floor(n / perTerm)]!, scores[n]!)
  }
  await attend(registrar, student, courses[0]!, terms.at(-1)!, [96, 91.25])
  const repeated = await registrar.first(`/results?student_id=${student.id}&course_id=${courses[0]!.id}`)
  return { student, program, terms, courses, scores, repeated }
}

/** One course from the seat to the published result. */
async function attend(
  registrar: Caller,
  student: Studies['student'],
  course: Made<'/courses'>,
  term: Made<'/terms'>,
  scores: Scores,
) {
  const section_id = (await registrar.make('/sections', { course_id: course.id, term_id: term.id })).id
  await registrar.make(`/sections/${section_id}/enroll`, { student_id: student.id })
  const midterm = await registrar.make('/assessments', { section_id, type: 'midterm', title: 'Midterm', weight: 33.33 })
  const final = await registrar.make('/assessments', { section_id, type: 'final', title: 'Final', weight: 66.67 })
  const given = [midterm, final].map(({ id }, i) => ({ assessment_id: id, student_id: student.id, score: scores[i] }))
  await registrar.put(`/sections/${section_id}/gradebook`, { scores: given })
  await registrar.post(`/sections/${section_id}/results/compute`)
  const { status, error } = await registrar.post('/results/publish', { section_id })
  if (status !== 200) throw new Error(`${course.code} was not published: ${status} ${error?.code}`)
}

const termOf = (n: number) => ({
  code: `PAPER-${n}`,
  name: `Semester ${n} of the studies`,
  name_el: `${n}ο εξάμηνο σπουδών, Ἀκαδημία`,
  start_date: `${2020 + n}-10-01`,
  end_date: `${2021 + n}-02-15`,
})

const subjects = [
  ['Homer', 'Όμηρος'],
  ['Pindar', 'Πίνδαρος'],
  ['Aeschylus', 'Αἰσχύλος'],
  ['Euripides', 'Ευριπίδης'],
  ['Thucydides', 'Θουκυδίδης'],
  ['Plato: Ion', 'Πλάτωνος Ἴων'],
  ['Metre & music', 'Μετρική και μουσική (ΐ, ΰ)'],
  ['Palaeography', 'Παλαιογραφία: «ς» και «σ»'],
] as const

function courseOf(n: number, program_id: number) {
  const [title, title_el] = subjects[n % subjects.length]!
  const year = Math.floor(n / subjects.length) + 1
  return {
    code: `PAP${100 + n}`,
    title: `${title} ${year}`,
    title_el: `${title_el} ${year}`,
    credits: [3, 4.5, 6, 7.5][n % 4],
    program_id,
  }
}

/** From failing to excellent, with two decimals, the same each time; the first is a fail. */
const scoresOf = (n: number): Scores => [(4137 + ((n * 1733) % 5800)) / 100, (4401 + ((n * 2917) % 5500)) / 100]
