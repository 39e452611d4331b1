import type { Context } from '#/platform/context.ts'
import { asNumbers, attendancePercentage, gradeOf, presentGrade, requireSchemes, sectionOf } from './grades.ts'
import { findGradebook, type GradebookRows } from './queries.ts'
import { refuseWithoutSeat } from '#/grading/attendance/index.ts'

/** The whole gradebook of a section for those who keep it: columns, rows, and both grades of every student. */
export async function readGradebook(ctx: Context, sectionId: number) {
  return shownGradebook(await findGradebook(ctx, sectionId))
}

/** A gradebook as it is shown. */
export function shownGradebook(book: GradebookRows) {
  const scoresOf = Map.groupBy(book.scores, ({ student_id }) => student_id)
  const students = book.students.map(({ id, ...student }) => {
    const grade = student.scheme && gradeOf(book, id, { releasedOnly: false })
    return {
      student_id: id,
      ...student,
      scheme: student.scheme?.code ?? null,
      scores: scoresOf.get(id) ?? [],
      attendance: attendancePercentage(book, id),
      current: grade ? asNumbers(grade.current) : null,
      final: grade ? asNumbers(grade.final) : null,
    }
  })
  const { categories, assessments } = book
  return { ...sectionOf(book), categories, assessments, students }
}

/** Final grades of everybody in a section. */
export async function readFinalGrades(ctx: Context, sectionId: number) {
  const book = await findGradebook(ctx, sectionId)
  requireSchemes(book)
  return {
    ...sectionOf(book),
    grades: book.students.map(({ id }) => presentGrade(book, id, { releasedOnly: false })),
  }
}

/** The grade of one student, explained. Students see their own, made of released scores only. */
export async function readFinalGrade(ctx: Context, { sectionId, studentId }: { sectionId: number; studentId: number }) {
  const book = await findGradebook(ctx, sectionId, { studentId })
  if (!book.students.some(({ id }) => id === studentId)) return refuseWithoutSeat(ctx, studentId)
  return presentGrade(book, studentId, { releasedOnly: ctx.actor.role === 'student' })
}
