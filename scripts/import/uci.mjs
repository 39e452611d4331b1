// `npm run import:uci -- <student-mat.csv>`: loads one file of the Student Performance data (Cortez and Silva 2008, CC BY 4.0) through the
// API and computes results on the Greek scale of 20. Doing it again changes nothing. LYCEUM_URL, LYCEUM_EMAIL and LYCEUM_PASSWORD name the
// server and an account of the registry, LYCEUM_CODE is a one-time code where it has a second factor; the local one by default.
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { signIn } from './api.mjs'
import { dayAfter, printTable, rowsOf } from './tables.mjs'

const file = process.argv[2]
if (!file || !existsSync(file)) {
  console.error('Say where the data is: npm run import:uci -- <student-mat.csv>')
  process.exit(1)
}

const subject = basename(file)
  .replace(/^student-|\.csv$/g, '')
  .toUpperCase()
  .slice(0, 10)
const term = { code: 'UCI-2005', start_date: '2005-09-15', end_date: '2006-06-15' }
const named = { course_code: `UCI-${subject}`, term_code: term.code, section_number: '1' }
const periods = ['G1', 'G2', 'G3']

/** Who had a grade in the first period and 0 in the last one left: a school that fails somebody gives 1 and more. */
const pupils = [...rowsOf(file)].map((row, index) => ({
  ...row,
  number: `UCI-${subject}-${String(index + 1).padStart(3, '0')}`,
  hasLeft: Number(row.G1) > 0 && Number(row.G3) === 0,
}))

const api = await signIn()
const reports = []
const load = async (entity, rows) => reports.push(await api.load(entity, rows))

await load('programs', [{ code: 'UCI', title: 'Secondary school', grading_scheme: 'greek-20' }])
await load('courses', [
  { code: named.course_code, title: `Secondary school ${subject}`, credits: 6, program_code: 'UCI' },
])
await load('terms', [{ ...term, name: 'School year 2005/06' }])
await load('sections', [{ course_code: named.course_code, term_code: term.code, number: '1', capacity: pupils.length }])
await load('students', pupils.map(studentOf))
await load('enrollments', pupils.map(seatOf))
// The grade of the last period is the final grade: it has all the weight, the others are on record.
await load(
  'assessments',
  periods.map((title) => ({
    ...named,
    title,
    type: 'midterm',
    weight: title === 'G3' ? 100 : 0,
    max_score: 20,
    released: true,
  })),
)
await load('scores', pupils.flatMap(scoresOf))
const absences = pupils.flatMap(absencesOf)
if (absences.length > 0) await load('attendance', absences)
printTable(reports)

const sections = await api.all('/sections')
const section = sections.find(
  ({ course_code, term_code }) => course_code === named.course_code && term_code === term.code,
)
await api.post(`/sections/${section.id}/results/compute`)
const results = await api.all(`/results?section_id=${section.id}`)
const seats = await api.all(`/enrollments?section_id=${section.id}`)
const left = pupils.filter(({ hasLeft }) => hasLeft).length
const having = (wanted) => results.filter(({ outcome }) => outcome === wanted)
const zero = having('fail').filter(({ percentage }) => percentage === 0)
console.log(`
pupils                    ${seats.length}
absences                  ${absences.length}
passing (10 and more)     ${having('pass').length} of ${seats.length}
failing                   ${having('fail').length}
left before the last one  ${left}: G3 missing, ${having('withdrawn').length} with a W
graded zero               ${zero.length}

Data: Cortez and Silva 2008, Student Performance, UCI Machine Learning Repository (id 320), CC BY 4.0.`)

/** The data has no names and no dates of birth; the age is that of the year. */
function studentOf({ number, school, sex }) {
  return {
    student_number: number,
    first_name: sex === 'F' ? 'Pupil F' : 'Pupil M',
    last_name: `${school} ${number}`,
    email: `${number.toLowerCase()}@uci.example`,
    program_code: 'UCI',
    enrollment_date: term.start_date,
  }
}

function seatOf({ number, hasLeft }) {
  return {
    ...named,
    student_number: number,
    enrolled_at: term.start_date,
    status: hasLeft ? 'withdrawn' : 'completed',
    ended_at: term.end_date,
  }
}

/** A zero of somebody who left is no grade. */
function scoresOf(pupil) {
  return periods.map((period) => {
    const isMissing = pupil.hasLeft && Number(pupil[period]) === 0
    return {
      ...named,
      assessment_title: period,
      student_number: pupil.number,
      score: isMissing ? null : pupil[period],
      state: isMissing ? 'missing' : 'graded',
    }
  })
}

/** One absence a day from the first day on: the data counts them and names no dates. */
function absencesOf({ number, absences }) {
  return Array.from({ length: Number(absences) }, (_, day) => ({
    ...named,
    student_number: number,
    date: dayAfter(term.start_date, day),
    status: 'absent',
  }))
}
