import { ApiError } from '#/platform/errors.ts'
import { type Amount, type GradingScheme, weightTotal, writtenGrade } from '#/engines/marks/index.ts'
import { attendancePercentage, type GradebookRows } from '#/grading/gradebook/index.ts'
import { errors, nothingYet } from './errors.ts'
import type { Aggregation, CategoryKind, Outcome, ResultState } from '#/platform/words.ts'

/** The figures of a result from an unrounded percentage, by a grading scheme. Throws RangeError outside 0..100. */
export function figuresOf(scheme: GradingScheme, percentage: Amount) {
  const { passing, letter, ...figures } = writtenGrade(scheme, percentage)
  return {
    percentage: Number(figures.percentage),
    letter,
    points: Number(figures.points),
    value: Number(figures.value),
    outcome: passing ? ('pass' as const) : ('fail' as const),
  }
}

/** The result of somebody who withdrew: a W on the record that counts for nothing. */
export const withdrawal = {
  outcome: 'withdrawn',
  percentage: 0,
  letter: 'W',
  points: 0,
  value: 0,
  credits: 0,
  scheme_id: null,
} as const

/** Throws unless the result is a draft with a grade: what is official is not edited by hand, and a W has no figures. */
export function requireDraft({ state, outcome }: { state: ResultState; outcome: string }) {
  if (state !== 'draft') throw new ApiError(errors.RESULT_LOCKED, { state })
  if (outcome === 'withdrawn') throw new ApiError(errors.RESULT_WITHDRAWN)
}

/** So many students are named at a time. */
export const mostNamed = 50

interface Made {
  state: ResultState
  outcome: Outcome
  student_id: number
  scheme_id: number | null
  basis: string | null
  set_by_hand: boolean
}

/**
 * Throws RESULTS_OUTDATED with the students whose drafts were made of other work, or by another grading scheme, than there is now. What a
 * person set rests on no work.
 */
export function requireCurrent(rows: readonly Made[], { students, bases }: Standing) {
  const schemeOf = new Map(students.map(({ id, scheme }) => [id, scheme?.id]))
  const outdated = rows
    .filter(({ state, outcome }) => state === 'draft' && outcome !== 'withdrawn')
    .filter(
      ({ student_id, scheme_id, basis, set_by_hand }) =>
        (!set_by_hand && basis !== bases.get(student_id)) || scheme_id !== schemeOf.get(student_id),
    )
  if (outdated.length === 0) return
  const count = outdated.length
  const named = outdated.slice(0, mostNamed).map(({ student_id }) => namedIn(students, student_id))
  const student_ids = named.map(({ student_id }) => student_id)
  throw new ApiError(errors.RESULTS_OUTDATED, { count }, { details: { count, student_ids, students: named } })
}

interface Standing {
  students: readonly (Person & { scheme: { id: number } | undefined })[]
  bases: ReadonlyMap<number, string>
}

interface Person {
  id: number
  student_number: string
  student_name: string
}

/** A student, as reports name them; by the id alone who sits there no more. */
function namedIn(students: readonly Person[], student_id: number) {
  const found = students.find(({ id }) => id === student_id)
  return { student_id, ...(found && { student_number: found.student_number, student_name: found.student_name }) }
}

/** A student of a gradebook, as reports name them. */
export function nameOf({ students }: GradebookRows, studentId: number) {
  const { student_number, student_name } = students.find(({ id }) => id === studentId)!
  return { student_id: studentId, student_number, student_name }
}

/** Those of these students who have not a single score, or, where nothing is scored, no attendance. */
export function withoutScore(book: GradebookRows, studentIds: readonly number[]) {
  const scored = new Set(book.scores.filter(({ score }) => score !== null).map(({ student_id }) => student_id))
  const hasNone = (id: number) =>
    book.assessments.length > 0 ? !scored.has(id) : attendancePercentage(book, id) === null
  const asked = new Set(studentIds)
  const students = book.students.filter(({ id }) => asked.has(id) && hasNone(id))
  const first = students.slice(0, mostNamed)
  return {
    count: students.length,
    students: first.map(({ id }) => nameOf(book, id)),
  }
}

/** The graded work of a section and how it is grouped. */
interface Work {
  categories: readonly { id: number; name: string; weight: number; aggregation: Aggregation; kind: CategoryKind }[]
  assessments: readonly { id: number; title: string; category_id: number | null; weight: number }[]
}

/** Throws unless results in these states can be published: at least one draft, all weights there, every category in use. */
export function requirePublishable(states: readonly ResultState[], work: Work, unresulted: readonly object[]) {
  if (!states.includes('draft') && states.length > 0) {
    throw new ApiError(
      states.every((state) => state === 'frozen') ? errors.RESULT_FROZEN : errors.RESULT_ALREADY_PUBLISHED,
    )
  }
  const weighing = work.categories.length > 0 ? work.categories : work.assessments
  const { text, isPublishable } = weightTotal(weighing.map(({ weight }) => String(weight)))
  const ungrouped = groupingGaps(work)
  if (!isPublishable)
    throw new ApiError(
      errors.WEIGHTS_INCOMPLETE,
      { total: text },
      { details: { missing: [{ weights: text }, ...ungrouped] } },
    )
  const missing = [...ungrouped, ...unresulted]
  if (missing.length > 0) throw new ApiError(errors.RESULTS_INCOMPLETE, {}, { details: { missing } })
  if (states.length === 0) throw new ApiError(errors.NOTHING_TO_COMPUTE)
}

/** Categories that wait for work that counts, and work outside of the categories where there are some. */
function groupingGaps({ categories, assessments }: Omit<Work, 'students'>) {
  const empty = categories.filter(
    ({ id, aggregation, kind }) =>
      kind === 'assessments' &&
      !assessments.some(({ category_id, weight }) => category_id === id && (aggregation !== 'weighted' || weight > 0)),
  )
  const loose = categories.length > 0 ? assessments.filter(({ category_id }) => category_id === null) : []
  return [
    ...empty.map(({ id, name }) => ({ category_id: id, name })),
    ...loose.map(({ id, title }) => ({ assessment_id: id, title })),
  ]
}

/** Throws unless every one of these results is published and not yet frozen. */
export function requireFreezable(states: readonly ResultState[]) {
  if (states.length === 0) throw new ApiError(errors.RESULT_NOT_PUBLISHED, { state: nothingYet })
  if (states.includes('draft')) throw new ApiError(errors.RESULT_NOT_PUBLISHED, { state: 'draft' })
  if (!states.includes('published')) throw new ApiError(errors.RESULT_FROZEN)
}
