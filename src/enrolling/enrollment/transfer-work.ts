import { and, asc, count, eq, gte, isNotNull, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { find } from '#/platform/database/write/entity.ts'
import { scope } from '#/platform/database/scope.ts'
import { carriedWork, type Place, transferableAttendance, transferableScore } from '#/enrolling/seat/index.ts'
import { enrollmentEntity } from './queries.ts'

/** What would come with a student to a section, and what would stay: three queries for one round trip. */
const workToCome = (ctx: Context, place: Place) => ({
  scores: ctx.db
    .select({ number: count() })
    .from(transferableScore)
    .where(and(scoresFor(ctx, place), isNull(transferableScore.reason))),
  attendance: ctx.db
    .select({ number: count() })
    .from(transferableAttendance)
    .where(
      and(
        eq(transferableAttendance.student_id, place.student_id),
        eq(transferableAttendance.section_id, place.section_id),
      ),
    ),
  staying: workStaying(ctx, place),
})

/** The same of work that came at some instant or later. */
export const workCome = (ctx: Context, place: Place, since: string) => ({
  scores: carried(ctx, 'score', place, since),
  attendance: carried(ctx, 'attendance', place, since),
  staying: workStaying(ctx, place),
})

const workStaying = (ctx: Context, place: Place) =>
  ctx.db
    .select({
      assessment_id: transferableScore.assessment_id,
      title: transferableScore.title,
      score: transferableScore.score,
      reason: transferableScore.reason,
    })
    .from(transferableScore)
    .where(and(scoresFor(ctx, place), isNotNull(transferableScore.reason)))
    .orderBy(asc(transferableScore.assessment_id))

/** Students learn of no score that is not released. */
const scoresFor = (ctx: Context, { student_id, section_id }: Place) =>
  and(
    eq(transferableScore.student_id, student_id),
    eq(transferableScore.section_id, section_id),
    scope(ctx, { student: () => eq(transferableScore.released, true) }),
  )

const carried = (ctx: Context, kind: 'score' | 'attendance', { student_id, section_id }: Place, since: string) =>
  ctx.db
    .select({ number: count() })
    .from(carriedWork)
    .where(
      and(
        eq(carriedWork.kind, kind),
        eq(carriedWork.student_id, student_id),
        eq(carriedWork.section_id, section_id),
        gte(carriedWork.updated_at, since),
        scope(ctx, { student: () => eq(carriedWork.released, true) }),
      ),
    )

type Queries = Record<'scores' | 'attendance' | 'staying', Statement>
type Staying = Awaited<ReturnType<typeof workStaying>>[number]

/** These queries, answered, as the answer to a transfer tells it. */
export const toldOf = (answers: Record<string, unknown[]>) => ({
  carried: { scores: numberOf(answers['scores']), attendance: numberOf(answers['attendance']) },
  left_behind: answers['staying'] as (Staying & { reason: NonNullable<Staying['reason']> })[],
})

const numberOf = (rows: unknown) => (rows as { number: number }[])[0]!.number

/** What a transfer to a section would carry. */
export const rehearse = (ctx: Context, place: Place) => answering(ctx, workToCome(ctx, place))

/** A transfer that has taken place, read again. */
export async function readTransfer(ctx: Context, id: number) {
  const seat = await find(ctx, enrollmentEntity, id)
  return { ...seat, dry_run: false, ...(await answering(ctx, workCome(ctx, seat, seat.enrolled_at))) }
}

async function answering(ctx: Context, { scores, attendance, staying }: Queries) {
  const [a, b, c] = await ctx.db.batch([scores, attendance, staying])
  return toldOf({ scores: a, attendance: b, staying: c } as Record<string, unknown[]>)
}
