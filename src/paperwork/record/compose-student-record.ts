import type { AttendanceRule } from '#/catalog/course/index.ts'
import { figuresOf, tallyOf } from '#/grading/attendance/index.ts'
import {
  countingAttempts,
  type Exact,
  format,
  type RepeatPolicy,
  type Standing,
  standing,
  termStandings,
} from '#/engines/marks/index.ts'
import { attemptOf, hasFigures } from '#/grading/result/index.ts'
import type { RecordFacts } from './queries.ts'

/**
 * The record as it travels, terms in order. `isWhole` says whether the facts are all there are: averages of a part would mislead, so
 * they and the holds are left out then.
 */
export function composeStudentRecord(facts: RecordFacts, isWhole: boolean) {
  const { student, program, seats, taken, holds } = facts
  const policy = program?.repeat_policy ?? 'best'
  const attempts = taken.filter(({ result }) => result.state !== 'draft').map(attemptOf)
  const sections = sectionsOf(facts, policy)
  const standings = new Map(termStandings(attempts, policy).map((one) => [one.termId, one.term]))
  const terms = new Map([...seats, ...taken].map(({ term }) => [term.id, term]))
  const overall = standing(attempts, policy)
  return {
    student: { ...student, program },
    terms: [...terms.values()]
      .toSorted((a, b) => (a.start_date === b.start_date ? a.id - b.id : a.start_date < b.start_date ? -1 : 1))
      .map((term) => ({
        term_id: term.id,
        term_code: term.code,
        term_name: term.name,
        term_name_el: term.name_el,
        standing: isWhole ? averagesOf(standings.get(term.id)) : null,
        sections: sections.filter(({ term_id }) => term_id === term.id),
      })),
    standing: isWhole ? { ...averagesOf(overall), credits_attempted: Number(format(overall.credits, 1)) } : null,
    holds: isWhole ? holds : null,
  }
}

/** Every section with a seat or a result, once. */
function sectionsOf({ seats, taken, counted }: RecordFacts, policy: RepeatPolicy) {
  const official = taken.filter(({ result }) => result.state !== 'draft')
  const counting = new Set(countingAttempts(official.map(attemptOf), policy).map(({ id }) => id))
  const seatOf = new Map(seats.map((row) => [row.section.id, row.enrollment]))
  const resultOf = new Map(taken.map((row) => [row.section.id, row.result]))
  const countsOf = Map.groupBy(counted, ({ section_id }) => section_id)
  const places = new Map([...seats, ...taken].map((row) => [row.section.id, row]))
  return [...places.values()].map(({ section, course, term }) => {
    const result = resultOf.get(section.id)
    return {
      term_id: term.id,
      section_id: section.id,
      section_number: section.number,
      course_id: course.id,
      course_code: result?.code ?? section.code ?? course.code,
      course_title: result?.title ?? section.title ?? course.title,
      course_title_el: result ? result.title_el : section.title_el,
      credits: section.credits ?? course.credits,
      enrollment: seatOf.get(section.id) ?? null,
      attendance: attendanceOf(countsOf.get(section.id), section.attendance_rule ?? course.attendance_rule),
      result: result
        ? { ...result, counted: result.state !== 'draft' && (counting.has(result.id) || !hasFigures(result)) }
        : null,
    }
  })
}

const attendanceOf = (counts: RecordFacts['counted'] | undefined, rule: AttendanceRule) =>
  counts ? figuresOf(tallyOf(counts), rule) : null

const averagesOf = (of: Standing | undefined) => ({
  average: rounded(of?.percentage ?? null),
  gpa: rounded(of?.gpa ?? null),
  credits_earned: of ? Number(format(of.creditsEarned, 1)) : 0,
})

const rounded = (value: Exact | null) => value && Number(format(value, 2))
