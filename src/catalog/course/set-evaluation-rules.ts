import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import { replaceParts } from '#/platform/database/write/replace-parts.ts'
import { courseEntity, findEvaluationRules, findRuleRows, ruleDerivation } from './queries.ts'
import { requireWeightsWithin100 } from './rules.ts'
import type { EvaluationRules } from './schema.ts'
import { evaluationRule } from './table.ts'

/** Replaces the rules that new sections of a course begin with. Sections that are there keep their categories. */
export async function setEvaluationRules(ctx: Context, courseId: number, { rules }: EvaluationRules) {
  const { course, rules: before } = await findEvaluationRules(ctx, courseId)
  demandVersion(ctx, course)
  const wanted = rules.map(({ name, name_el, weight, aggregation, drop_lowest, kind }) => ({
    name,
    name_el,
    weight,
    aggregation,
    drop_lowest,
    kind,
  }))
  requireWeightsWithin100(wanted)
  if (JSON.stringify(before) === JSON.stringify(wanted)) return { rules: before }
  const { read } = await replaceParts(ctx, courseEntity, course, {
    name: 'evaluation_rules',
    before,
    wanted,
    also: [
      ctx.db.delete(evaluationRule).where(eq(evaluationRule.course_id, courseId)),
      ...wanted.map((rule, position) =>
        ctx.db
          .insert(evaluationRule)
          .values({ course_id: courseId, position, ...rule, ...derivedOf(ruleDerivation, rule, ctx.settings) }),
      ),
    ],
    read: findRuleRows(ctx.db, courseId),
  })
  return { rules: read }
}
