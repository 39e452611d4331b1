import { institutionOf, type Settings } from '#/platform/env.ts'
import { countingAttempts, type Exact, format, standing, termStandings } from '#/engines/marks/index.ts'
import { attemptOf, hasFigures } from '#/grading/result/index.ts'
import type { Bilingual, OfficialRecord, TranscriptTerm } from '#/paperwork/transcript-paper/index.ts'
import type { RecordRows } from './queries.ts'

/** The official record made of what is published: terms in order, averages by the program's repeat policy. */
export function composeRecord({ student, program, results }: RecordRows, settings: Settings): OfficialRecord {
  const policy = program?.repeat_policy ?? 'best'
  const attempts = results.map(attemptOf)
  const counting = new Set(countingAttempts(attempts, policy).map(({ id }) => id))
  const overall = standing(attempts, policy)
  const standings = new Map(termStandings(attempts, policy).map((one) => [one.termId, one.term]))
  const terms = [...Map.groupBy(results, ({ term }) => term.id).values()].map((rows) =>
    termOf(rows, counting, standings.get(rows[0]!.term.id)!),
  )
  return {
    institution: institutionOf(settings),
    student: {
      number: student.student_number,
      name: `${student.first_name} ${student.last_name}`,
      latin_name: student.latin_name,
      father_name: student.father_name,
      date_of_birth: student.date_of_birth,
      enrollment_date: student.enrollment_date,
    },
    program: program && {
      code: program.code,
      title: bilingual(program.title, program.title_el),
      degree: program.degree,
      credits_required: program.credits_required === null ? null : program.credits_required.toFixed(1),
    },
    terms,
    cumulative: {
      average: written(overall.percentage),
      gpa: written(overall.gpa),
      credits_earned: format(overall.creditsEarned, 1),
      credits_attempted: format(overall.credits, 1),
    },
  }
}

type ResultRow = RecordRows['results'][number]

function termOf(
  rows: readonly ResultRow[],
  counting: Set<number>,
  { percentage, gpa, creditsEarned }: ReturnType<typeof standing>,
): TranscriptTerm {
  const { term } = rows[0]!
  return {
    code: term.code,
    name: bilingual(term.name, term.name_el),
    courses: rows.map(({ result, course }) => ({
      code: course.code,
      title: bilingual(course.title, course.title_el),
      credits: result.credits.toFixed(1),
      letter: result.letter,
      percentage: hasFigures(result) ? result.percentage.toFixed(2) : '',
      points: hasFigures(result) ? result.points.toFixed(2) : '',
      outcome: result.outcome,
      counted: counting.has(result.id) || !hasFigures(result),
    })),
    average: written(percentage),
    gpa: written(gpa),
    credits_earned: format(creditsEarned, 1),
  }
}

const written = (value: Exact | null) => value && format(value, 2)
const bilingual = (en: string, el: string | null): Bilingual => ({ en, el: el ?? en })
