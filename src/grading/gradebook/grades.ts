import { finalGrade, type FinalGrade, format, fromHundredths, type WrittenGrade } from '#/engines/marks/index.ts'
import { ApiError } from '#/platform/errors.ts'
import { gradingSchemeOf } from '#/catalog/scheme/index.ts'
import { absencesOf, gradedAttendance, tallyOf } from '#/grading/attendance/index.ts'
import { errors } from './errors.ts'
import type { GradebookRows } from './queries.ts'

/** Figures as JSON carries them: numbers with at most two decimals. */
export const asNumbers = ({ percentage, letter, points, value, passing }: WrittenGrade) => ({
  percentage: Number(percentage),
  letter,
  points: Number(points),
  value: Number(value),
  passing,
})

/**
 * The grade of one student from the rows of a gradebook. `releasedOnly` leaves out what a student may not see yet, so that no figure
 * gives away an unreleased score.
 */
export function gradeOf(
  book: GradebookRows,
  studentId: number,
  { releasedOnly }: { releasedOnly: boolean },
): FinalGrade {
  const scheme = requireScheme(book, studentId)
  const assessments = book.assessments.filter(({ released }) => released || !releasedOnly)
  const scores = book.scores.filter(({ student_id }) => student_id === studentId)
  const nameOf = new Map(book.categories.map(({ id, name }) => [id, name]))
  const { tally, rule } = attendanceOf(book, studentId)
  return finalGrade({
    scheme: gradingSchemeOf(scheme),
    categories: book.categories.map(({ name, weight, aggregation, drop_lowest, kind }) => ({
      name,
      weight: decimal(weight),
      aggregation,
      drop_lowest,
      ...(kind === 'attendance' && { given: gradedAttendance(tally, rule) }),
    })),
    assessments: assessments.map(({ id, title, category_id, weight, max_score, due_at }) => ({
      id,
      title,
      category: nameOf.get(category_id ?? 0) ?? null,
      weight: decimal(weight),
      max_score: decimal(max_score),
      due_at,
    })),
    scores: scores.map(({ assessment_id, score, state }) => ({
      assessment_id,
      score: score === null ? null : decimal(score),
      state,
    })),
    absence_penalty: decimal(book.section.absence_penalty),
    absences: absencesOf(tally, rule),
  })
}

const attendanceOf = (book: GradebookRows, studentId: number) => ({
  tally: tallyOf(book.attendance.get(studentId) ?? []),
  rule: book.section.attendance_rule,
})

/** What a category of attendance says of a student; null without a record. */
export function attendancePercentage(book: GradebookRows, studentId: number) {
  const { tally, rule } = attendanceOf(book, studentId)
  const percentage = gradedAttendance(tally, rule)
  return percentage && Number(format(percentage, 2))
}

/** Throws GRADING_SCHEME_MISSING with all students of the gradebook whom nothing gives a grading scheme. */
export function requireSchemes({ students }: GradebookRows): void {
  const without = students.filter(({ scheme }) => scheme === undefined)
  if (without.length > 0) throw schemeMissing(without)
}

function schemeMissing(students: GradebookRows['students']) {
  const named = students.map(({ id, student_number, student_name }) => ({
    student_id: id,
    student_number,
    student_name,
  }))
  const student_ids = students.map(({ id }) => id)
  const details = { student_ids, students: named }
  return new ApiError(errors.GRADING_SCHEME_MISSING, { count: students.length }, { details })
}

function requireScheme(book: GradebookRows, studentId: number) {
  const student = book.students.find(({ id }) => id === studentId)!
  if (!student.scheme) throw schemeMissing([student])
  return student.scheme
}

/** The section of a gradebook, as answers name it. */
export const sectionOf = ({ section: { id, course_code, term_code, section_number } }: GradebookRows) => ({
  section_id: id,
  course_code,
  term_code,
  section_number,
})

/** The answer of the final-grade endpoints. */
export function presentGrade(book: GradebookRows, studentId: number, options: { releasedOnly: boolean }) {
  const { current, final, weight_assessed, categories, breakdown, absences, absence_deduction } = gradeOf(
    book,
    studentId,
    options,
  )
  const assessed = Number(weight_assessed)
  const { student_number, student_name } = book.students.find(({ id }) => id === studentId)!
  return {
    student_id: studentId,
    student_number,
    student_name,
    ...sectionOf(book),
    scheme: requireScheme(book, studentId).code,
    type: assessed === 100 ? ('final' as const) : ('current' as const),
    weight_assessed: assessed,
    current: asNumbers(current),
    final: asNumbers(final),
    categories: categories.map(({ name, weight, average }) => ({
      name,
      weight: Number(weight),
      average: average === null ? null : Number(average),
    })),
    breakdown: breakdown.map((row) => ({
      ...row,
      score: row.score === null ? null : Number(row.score),
      max_score: Number(row.max_score),
      percentage: row.percentage === null ? null : Number(row.percentage),
      ...shareNumbers(row),
      current: shareNumbers(row.current),
    })),
    absences,
    absence_deduction: Number(absence_deduction),
  }
}

const shareNumbers = ({
  weight,
  contribution,
  dropped,
}: {
  weight: string
  contribution: string
  dropped: boolean
}) => ({
  weight: Number(weight),
  contribution: Number(contribution),
  dropped,
})

/** A column in hundredths, exactly. */
const decimal = (value: number) => fromHundredths(Math.round(value * 100))
