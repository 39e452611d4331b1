import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { find } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { termEntity } from '#/catalog/term/index.ts'
import { enrollmentTable, tellingEnded } from '#/enrolling/seat/index.ts'
import { errors } from './errors.ts'
import { completedNow, namesOfCompleted, sumOf, unresolvedOf } from './queries.ts'
import { unresolvedSeat } from './table.ts'

/**
 * Completes the seats of a term that is over in sections without any work to grade, where no result is to come. The others stay open: they
 * wait for theirs. Throws TERM_NOT_OVER.
 */
export const completeTerm = (ctx: Context, id: number) =>
  settle(async () => {
    const [term, counts] = await Promise.all([find(ctx, termEntity, id), unresolvedOf(ctx, id)])
    const { code, end_date, status } = term
    if (status === 'open' && localDate(ctx) <= end_date)
      throw new ApiError(errors.TERM_NOT_OVER, { id, code, end_date })
    if (!counts.some(({ why }) => why === 'no_work'))
      return { term_id: id, term_code: code, completed: 0, unresolved: sumOf(counts) }
    const { answers } = await write(ctx, {
      change: ctx.db
        .update(enrollmentTable)
        .set({
          status: 'completed',
          end_reason: 'completed',
          ended_at: ctx.now,
          updated_at: ctx.now,
          version: sql`${enrollmentTable.version} + 1`,
        })
        .where(
          sql`${enrollmentTable.id} in (select ${unresolvedSeat.id} from ${unresolvedSeat}
            where ${unresolvedSeat.term_id} = ${id} and ${unresolvedSeat.why} = 'no_work')`,
        ),
      audit: {
        entity: 'term',
        id,
        changes: namesOfCompleted(ctx, id),
      },
      also: [tellingEnded(ctx, completedOf(id), 'enrollment.complete')],
      asks: {
        completed: completedNow(ctx, id),
        left: unresolvedOf(ctx, id),
      },
    })
    const { completed, left } = answers as Record<'completed' | 'left', { number: number }[]>
    return { term_id: id, term_code: code, completed: sumOf(completed), unresolved: sumOf(left) }
  })

const completedOf = (termId: number) =>
  sql`(select ${enrollmentTable.id} from ${enrollmentTable} where ${enrollmentTable.term_id} = ${termId} and ${enrollmentTable.end_reason} = 'completed')`
