import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, insert, isChanged, update } from '#/platform/database/write/entity.ts'
import { assessmentEntity, requireFittingScore } from '#/grading/assessment/index.ts'
import { requireNotCarried } from './carried-score.ts'
import { scoreEntity } from './score-queries.ts'
import type { ScoreChanges, ScoreInput } from './schema.ts'

/** Records the score of one student. Only students of the section can have one; the database holds that. */
export async function recordScore(ctx: Context, input: z.output<typeof ScoreInput>) {
  const assessment = await find(ctx, assessmentEntity, input.assessment_id)
  requireFittingScore(input, assessment)
  const blame = { ...input, id: input.assessment_id, max_score: assessment.max_score }
  return insert(ctx, scoreEntity, { ...input, graded_by: ctx.actor.id }, { blame })
}

/** Changes a score or its state. */
export async function updateScore(ctx: Context, id: number, changes: z.output<typeof ScoreChanges>) {
  const row = await find(ctx, scoreEntity, id)
  if (isChanged(row, changes)) await requireNotCarried(ctx, row)
  const score = changes.score === undefined ? row.score : changes.score
  requireFittingScore({ score, state: changes.state ?? row.state }, row)
  return update(ctx, scoreEntity, row, changes, { by: { graded_by: ctx.actor.id } })
}
