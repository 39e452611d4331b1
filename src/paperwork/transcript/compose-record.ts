import { addressOf, institutionOf, type Settings } from '#/platform/env.ts'
import {
  countingAttempts,
  divide,
  type Exact,
  exact,
  format,
  HUNDRED,
  multiply,
  standing,
  termStandings,
} from '#/engines/marks/index.ts'
import { attemptOf, hasFigures } from '#/grading/result/index.ts'
import type { Bilingual, OfficialRecord, RecordScale, TranscriptTerm } from '#/paperwork/transcript-paper/index.ts'
import type { RecordRows } from './queries.ts'
import { fullName } from '#/platform/text/person-name.ts'

/** The official record made of what is published: terms in order, averages by the program's repeat policy. */
export function composeRecord(
  { student, program, scheme, results, given }: RecordRows,
  settings: Settings,
): OfficialRecord {
  const policy = program?.repeat_policy ?? 'best'
  const attempts = results.map(attemptOf)
  const counting = new Set(countingAttempts(attempts, policy).map(({ id }) => id))
  const overall = standing(attempts, policy)
  const standings = new Map(termStandings(attempts, policy).map((one) => [one.termId, one.term]))
  const scale = scheme?.scale_max ?? 100
  const terms = [...Map.groupBy(results, ({ term }) => term.id).values()].map((rows) =>
    termOf(rows, { counting, scale }, standings.get(rows[0]!.term.id)!),
  )
  return {
    institution: institutionOf(settings),
    institution_address: addressOf(settings),
    student: {
      number: student.student_number,
      name: fullName(student),
      latin_name: student.latin_name,
      father_name: student.father_name,
      date_of_birth: student.date_of_birth,
      enrollment_date: student.enrollment_date,
    },
    program: program && {
      code: program.code,
      title: bilingual(program.title, program.title_el),
      degree: program.degree,
      degree_el: program.degree_el,
      credits_required: program.credits_required === null ? null : program.credits_required.toFixed(1),
    },
    scale: scheme && { ...scaleOf(scheme), ...distributionOf(scheme, given) },
    terms,
    cumulative: {
      average: onScale(overall.percentage, scale),
      gpa: written(overall.gpa),
      credits_earned: format(overall.creditsEarned, 1),
      credits_attempted: format(overall.credits, 1),
    },
  }
}

type ResultRow = RecordRows['results'][number]

function termOf(
  rows: readonly ResultRow[],
  { counting, scale }: { counting: Set<number>; scale: number },
  { percentage, gpa, creditsEarned }: ReturnType<typeof standing>,
): TranscriptTerm {
  const { term } = rows[0]!
  return {
    code: term.code,
    name: bilingual(term.name, term.name_el),
    courses: rows.map(({ result, course, scheme }) => ({
      code: course.code,
      title: bilingual(course.title, course.title_el),
      credits: result.credits.toFixed(1),
      letter: result.letter,
      value: hasFigures(result) ? result.value.toFixed(scheme?.decimals ?? 2) : '',
      scale: String(scheme?.scale_max ?? 100),
      band: hasFigures(result) ? nameOf(scheme?.bands ?? [], result.letter) : null,
      percentage: hasFigures(result) ? result.percentage.toFixed(2) : '',
      points: hasFigures(result) ? result.points.toFixed(2) : '',
      outcome: result.outcome,
      counted: counting.has(result.id) || !hasFigures(result),
    })),
    average: onScale(percentage, scale),
    gpa: written(gpa),
    credits_earned: format(creditsEarned, 1),
  }
}

type SchemeRow = NonNullable<RecordRows['scheme']>

/** A grading scheme as the legend of a document explains it: minimums are percentages, documents show values. */
function scaleOf({ scale_max, decimals, pass_minimum, shows_percent, bands }: SchemeRow): RecordScale {
  const valueAt = (percentage: number) =>
    format(divide(multiply(exact(String(percentage)), exact(String(scale_max))), HUNDRED), decimals)
  return {
    max: String(scale_max),
    pass: valueAt(pass_minimum),
    shows_percent,
    bands: bands
      .filter(({ passing }) => passing)
      .map(({ minimum, letter }) => ({ from: valueAt(minimum), name: nameOf(bands, letter) })),
  }
}

/** From so many grades on their distribution says something, and nothing about anybody. */
const fewestGrades = 30

function distributionOf({ bands }: SchemeRow, given: RecordRows['given']): Pick<RecordScale, 'distribution'> {
  const total = given.reduce((sum, { grades }) => sum + grades, 0)
  if (total < fewestGrades) return {}
  const gradesOf = new Map(given.map(({ letter, grades }) => [letter, grades]))
  const shares = bands.map(({ letter }) => ({ name: nameOf(bands, letter), grades: gradesOf.get(letter) ?? 0 }))
  return { distribution: { grades: total, bands: shares } }
}

/** What documents call a band: its name, or its letter where it has none. */
function nameOf(bands: SchemeRow['bands'], letter: string): Bilingual {
  const band = bands.find((one) => one.letter === letter)
  return bilingual(band?.name ?? letter, band?.name_el ?? band?.name ?? null)
}

/** An average of percentages on a scale, rounded once. */
const onScale = (percentage: Exact | null, scale: number) =>
  percentage && format(divide(multiply(percentage, exact(String(scale))), HUNDRED), 2)
const written = (value: Exact | null) => value && format(value, 2)
const bilingual = (en: string, el: string | null): Bilingual => ({ en, el: el ?? en })
