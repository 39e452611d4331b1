// The Open University's files in the words of Lyceum: a module presentation is a section of a course in a term.
import { join } from 'node:path'
import { dayAfter, rowsOf } from './tables.mjs'

/** Presentations begin in February (B) or October (J); the files count days from there. */
const startOf = (presentation) => `${presentation.slice(0, 4)}-${presentation.endsWith('B') ? '02' : '10'}-01`
const kinds = { TMA: 'assignment', CMA: 'quiz', Exam: 'final' }
const groupOf = (type) => (type === 'Exam' ? 'Exam' : 'Coursework')
const keyOf = (row) => `${row.code_module}/${row.code_presentation}`
const sectionOf = (row) => ({ course_code: row.code_module, term_code: row.code_presentation, section_number: '1' })
const titleOf = ({ assessment_type, id_assessment }) => `${assessment_type} ${id_assessment}`

/** The rows that are imported, entity by entity, and what is odd about the files. */
export function presentationsOf(folder) {
  const read = (name) => rowsOf(join(folder, `${name}.csv`))
  const presentations = [...read('courses')]
  const lengthOf = new Map(presentations.map((row) => [keyOf(row), Number(row.module_presentation_length)]))
  const assessments = new Map([...read('assessments')].map((row) => [row.id_assessment, row]))
  const finalOf = new Map()
  for (const row of read('studentInfo')) finalOf.set(`${keyOf(row)}/${row.id_student}`, row.final_result)
  const seats = new Map()
  for (const row of read('studentRegistration')) seats.set(`${keyOf(row)}/${row.id_student}`, row)

  const group = (row, type) =>
    [...assessments.values()].filter((one) => keyOf(one) === keyOf(row) && groupOf(one.assessment_type) === type)
  const total = (row, type) => group(row, type).reduce((sum, { weight }) => sum + Number(weight), 0)

  /** Withdrawn where the files say so, completed at the end of the presentation otherwise. */
  function seatOf(row) {
    const start = startOf(row.code_presentation)
    const end = dayAfter(start, lengthOf.get(keyOf(row)))
    const isWithdrawn =
      row.date_unregistration !== null || finalOf.get(`${keyOf(row)}/${row.id_student}`) === 'Withdrawn'
    const ended_at = row.date_unregistration === null ? end : dayAfter(start, Number(row.date_unregistration))
    const enrolled_at = dayAfter(start, Number(row.date_registration ?? 0))
    return {
      ...sectionOf(row),
      student_number: row.id_student,
      // Who left before the day of an unknown registration was registered by then.
      enrolled_at: row.date_registration === null && ended_at < enrolled_at ? ended_at : enrolled_at,
      status: isWithdrawn ? 'withdrawn' : 'completed',
      ended_at,
    }
  }

  return {
    courses: () =>
      [...new Set(presentations.map((row) => row.code_module))].map((code) => ({
        code,
        title: `Open University module ${code}`,
        credits: 30,
      })),

    terms: () =>
      [...new Set(presentations.map((row) => row.code_presentation))].map((code) => {
        const lengths = presentations
          .filter((row) => row.code_presentation === code)
          .map((row) => lengthOf.get(keyOf(row)))
        const start_date = startOf(code)
        return { code, name: `Presentation ${code}`, start_date, end_date: dayAfter(start_date, Math.max(...lengths)) }
      }),

    sections: () =>
      presentations.map((row) => ({
        course_code: row.code_module,
        term_code: row.code_presentation,
        number: '1',
        capacity: sizesOf(seats).get(keyOf(row)),
      })),

    /** A group without weight in the data has none here; the others share the grade. */
    categories: () =>
      presentations.flatMap((row) => {
        const inUse = ['Coursework', 'Exam'].filter((name) => total(row, name) > 0)
        return ['Coursework', 'Exam'].map((name) => ({
          course_code: row.code_module,
          term_code: row.code_presentation,
          name,
          weight: inUse.includes(name) ? 100 / inUse.length : 0,
          aggregation: total(row, name) > 0 ? 'weighted' : 'mean',
        }))
      }),

    /** One person for each number, whatever the presentations. The names are made up: the data has none. */
    students: () => {
      const first = new Map()
      for (const row of seats.values()) {
        const day = seatOf(row).enrolled_at
        if (!first.has(row.id_student) || day < first.get(row.id_student)) first.set(row.id_student, day)
      }
      return [...first].map(([id, enrollment_date]) => ({
        student_number: id,
        first_name: 'Student',
        last_name: `No ${id}`,
        email: `student-${id}@oulad.example`,
        enrollment_date,
      }))
    },

    enrollments: () => [...seats.values()].map(seatOf),

    /** Weights are relative inside of a category, so exams of 200 percent need no other treatment. */
    assessments: () =>
      [...assessments.values()].map((row) => ({
        ...sectionOf(row),
        title: titleOf(row),
        type: kinds[row.assessment_type],
        category_name: groupOf(row.assessment_type),
        weight: row.weight,
        max_score: 100,
        due_at: row.date === null ? null : `${dayAfter(startOf(row.code_presentation), Number(row.date))}T12:00:00Z`,
        released: true,
      })),

    scores: () => {
      const rows = []
      for (const { id_assessment, id_student, score, is_banked } of read('studentAssessment')) {
        const assessment = assessments.get(id_assessment)
        const state = score === null ? 'missing' : is_banked === '1' ? 'banked' : 'graded'
        rows.push({
          ...sectionOf(assessment),
          assessment_title: titleOf(assessment),
          student_number: id_student,
          score,
          state,
        })
      }
      return rows
    },

    anomalies: () => {
      const seen = { noScore: 0, zero: 0, banked: 0, afterLeaving: 0, beforeStart: 0, unregistered: 0 }
      const submitted = new Set()
      for (const row of read('studentAssessment')) {
        const seat = seats.get(`${keyOf(assessments.get(row.id_assessment))}/${row.id_student}`)
        const day = Number(row.date_submitted)
        submitted.add(row.id_assessment)
        seen.noScore += row.score === null
        seen.zero += row.score !== null && Number(row.score) === 0
        seen.banked += row.is_banked === '1'
        seen.beforeStart += day < 0
        seen.unregistered += seat === undefined
        seen.afterLeaving += seat?.date_unregistration != null && day > Number(seat.date_unregistration)
      }
      const all = [...seats.values()]
      const isWithdrawn = (row) => finalOf.get(`${keyOf(row)}/${row.id_student}`) === 'Withdrawn'
      const sizes = [...sizesOf(seats).values()]
      const sums = (name) => presentations.map((row) => [row.code_module, total(row, name)])
      const named = (pairs) => [...new Set(pairs.map(([module]) => module))].join(', ')
      const doubled = sums('Exam').filter(([, sum]) => sum === 200)
      const weightless = sums('Coursework').filter(([, sum]) => sum === 0)
      return [
        [
          `presentations whose exams total 200 percent (${named(doubled)}): weights are relative inside of Exam`,
          doubled.length,
        ],
        [
          `presentations whose coursework totals 0 percent (${named(weightless)}): Exam has the whole grade`,
          weightless.length,
        ],
        ['submissions without a score: missing, not zero', seen.noScore],
        ['submissions with the score zero', seen.zero],
        ['scores banked from an earlier presentation', seen.banked],
        ['assessments without any submission', assessments.size - submitted.size],
        ['submissions after the student had left: kept', seen.afterLeaving],
        ['submissions before the course began: kept', seen.beforeStart],
        [
          'withdrawn without a date: ended with the presentation',
          all.filter((row) => isWithdrawn(row) && row.date_unregistration === null).length,
        ],
        [
          'left on a date without being Withdrawn: withdrawn on it',
          all.filter((row) => !isWithdrawn(row) && row.date_unregistration !== null).length,
        ],
        [
          'registrations without a date: the first day, or that of leaving',
          all.filter((row) => row.date_registration === null).length,
        ],
        ['submissions of somebody who is not registered', seen.unregistered],
        ['students of the largest presentation', Math.max(...sizes)],
        ['people, of so many registrations', `${new Set(all.map((row) => row.id_student)).size} / ${all.length}`],
      ]
    },
  }
}

/** Registrations by presentation. */
function sizesOf(seats) {
  const sizes = new Map()
  for (const row of seats.values()) sizes.set(keyOf(row), (sizes.get(keyOf(row)) ?? 0) + 1)
  return sizes
}
