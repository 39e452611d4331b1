import { isNull, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { type BulkOptions, planBulk } from '#/platform/bulk.ts'
import type { Context } from '#/platform/context.ts'
import { insertMany } from '#/platform/database/insert-many.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { refused } from '#/platform/validation/invalid.ts'
import { saidOtherwise } from '#/platform/validation/repeated-parts.ts'
import { requireFittingScore } from '#/grading/assessment/index.ts'
import { findGradebook, type GradebookRows } from './queries.ts'
import { shownGradebook } from './read-gradebook.ts'
import { type GradebookInput, type ScoreInput, shownOfStudent } from './schema.ts'
import { scoreTable } from './table.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { errors as resultErrors } from '#/grading/result/errors.ts'

type Item = z.output<typeof ScoreInput>

type Wish = z.output<typeof GradebookInput> & z.output<typeof BulkOptions>

/** Writes many scores of a section in one transaction. Items that do not fit are reported by index; the others are written. */
export const saveGradebook = (ctx: Context, sectionId: number, wish: Wish) =>
  settle(() => saveOnce(ctx, sectionId, wish), [resultErrors.RESULT_OFFICIAL])

async function saveOnce(ctx: Context, sectionId: number, { scores: given, students, atomic, dry_run }: Wish) {
  const book = await findGradebook(ctx, sectionId)
  if (students) requireRepeated(ctx, students, book)
  const scores =
    given ?? students!.flatMap(({ student_id, scores: some }) => some.map((one) => ({ student_id, ...one })))
  const known = new Map(book.scores.map((row) => [keyOf(row), row]))
  const judgement = {
    problemOf: judge(book, (item) => isKnown(known, item)),
    oldOf: (item: Item) => known.get(keyOf(item)),
    isSame,
  }
  const { toWrite, report } = planBulk(scores, judgement, { atomic, dry_run, language: ctx.language })
  if (toWrite.length > 0) {
    const items = toWrite.map(({ item }) => item)
    await write(ctx, {
      change: upserting(ctx, items),
      audit: {
        entity: 'section',
        id: sectionId,
        changes: { scores: { old: toWrite.map(({ old }) => old && brief(old)), new: items } },
      },
    })
  }
  return report
}

/** Throws VALIDATION_ERROR for what rows say of their students and GET does not. */
function requireRepeated(ctx: Context, students: NonNullable<Wish['students']>, book: GradebookRows) {
  const shownOf = new Map(shownGradebook(book).students.map((row) => [row.student_id, row]))
  const changed = students.flatMap((given, place) =>
    saidOtherwise(`students.${place}`, shownOfStudent, { given, shown: shownOf.get(given.student_id) }, ctx),
  )
  if (changed.length > 0) throw refused(changed)
}

const isSame = (item: Item, old: Item) => old.score === item.score && old.state === item.state

function isKnown(known: ReadonlyMap<string, Item>, item: Item) {
  const old = known.get(keyOf(item))
  return old !== undefined && isSame(item, old)
}

/** Says what is wrong with an item, if anything. What an official result was made of may be repeated. */
function judge(book: GradebookRows, isThere: (item: Item) => boolean) {
  const official = new Set(book.official.map(({ student_id }) => student_id))
  const assessments = new Map(book.assessments.map((assessment) => [assessment.id, assessment]))
  const students = new Set(book.students.map(({ id }) => id))
  return (item: Item): ApiError | undefined => {
    const assessment = assessments.get(item.assessment_id)
    if (!assessment) return new ApiError(assessmentErrors.ASSESSMENT_NOT_FOUND, { id: item.assessment_id })
    if (official.has(item.student_id) && !isThere(item)) return new ApiError(resultErrors.RESULT_OFFICIAL)
    if (!students.has(item.student_id))
      return new ApiError(assessmentErrors.NOT_ENROLLED, { student_id: item.student_id })
    return misfit(item, assessment)
  }
}

function misfit(item: Item, assessment: { max_score: number }): ApiError | undefined {
  try {
    requireFittingScore(item, assessment)
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

/** A score that is there keeps its id. */
const upserting = (ctx: Context, items: readonly Item[]) =>
  insertMany(
    ctx,
    scoreTable,
    items.map((item) => ({
      ...brief(item),
      graded_by: ctx.actor.id,
      graded_at: ctx.now,
      created_at: ctx.now,
      updated_at: ctx.now,
    })),
    {
      onConflict: {
        target: ['assessment_id', 'student_id'],
        where: isNull(scoreTable.deleted_at),
        update: ['score', 'state', 'graded_by', 'graded_at', 'updated_at'],
        set: { version: sql`${scoreTable.version} + 1` },
      },
    },
  )

const keyOf = ({ assessment_id, student_id }: { assessment_id: number; student_id: number }) =>
  `${assessment_id}/${student_id}`

const brief = ({ assessment_id, student_id, score, state }: Item) => ({ assessment_id, student_id, score, state })
