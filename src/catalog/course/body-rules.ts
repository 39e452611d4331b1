import { sql } from 'drizzle-orm'
import { weightTotal } from '#/engines/marks/index.ts'
import { eachThere, fits, type Rule } from '#/platform/database/rule/rule.ts'
import type { Requirements } from './schema.ts'
import { errors } from './errors.ts'
import { course } from './table.ts'

/** What a course asks for, as rules: courses that are there, and not the course itself. */
export const requirementRules: readonly Rule[] = (['prerequisites', 'corequisites'] as const).flatMap((kind) => {
  const namedIn = (groups: unknown) =>
    (groups as Partial<Requirements['prerequisites'][number]>[]).flatMap((group, i) =>
      (group?.any_of ?? []).map((one, place) => ({
        path: `${kind}.${i}.any_of.${place}.course_id`,
        id: one?.course_id,
      })),
    )
  return [
    eachThere(errors.REQUIRED_COURSE_NOT_FOUND, kind, namedIn, sql`(select ${course.id} from ${course})`),
    fits(
      errors.COURSE_REQUIRES_ITSELF,
      [kind],
      ({ [kind]: groups }, { id: courseId }) => namedIn(groups).filter(({ id }) => id === courseId),
      { isPiecewise: true },
    ),
  ]
})

/** Weights that are well-formed total at most 100 percent, whatever the others are. */
export const weightRule = fits(
  errors.EVALUATION_RULES_EXCEEDED,
  ['rules'],
  ({ rules }) => {
    const weights = (rules as { weight?: number }[]).map((rule) => String(rule?.weight ?? 0))
    return !weightTotal(weights).isWritable
  },
  { isPiecewise: true },
)
