import { ApiError } from '#/platform/errors.ts'
import { weightTotal } from '#/engines/marks/index.ts'
import type { Requirements, RequirementsInput } from './schema.ts'
import { errors } from './errors.ts'

type Kind = 'prerequisite' | 'corequisite'

interface RequirementRow {
  kind: Kind
  group_number: number
  required_course_id: number
  minimum_percentage: number | null
}
type ShownRow = RequirementRow & { course_code: string }

/** Requirements as they rest: one row a course, numbered by group. */
export function requirementRows(course_id: number, { prerequisites, corequisites }: RequirementsInput) {
  const rowsOf = (kind: Kind, groups: RequirementsInput['prerequisites']) =>
    groups.flatMap(({ any_of }, group_number) =>
      any_of.map(({ course_id: required_course_id, minimum_percentage }) => ({
        course_id,
        kind,
        group_number,
        required_course_id,
        minimum_percentage,
      })),
    )
  return [...rowsOf('prerequisite', prerequisites), ...rowsOf('corequisite', corequisites)]
}

/** The same as they travel: every group must be met, by any of its courses. Rows come in the order of their groups. */
export function requirementGroups(rows: readonly ShownRow[]): Requirements {
  const groupsOf = (kind: Kind) => {
    const groups = Map.groupBy(
      rows.filter((row) => row.kind === kind),
      ({ group_number }) => group_number,
    )
    return [...groups.values()].map((group) => ({
      any_of: group.map(({ required_course_id, minimum_percentage, course_code }) => ({
        course_id: required_course_id,
        minimum_percentage,
        course_code,
      })),
    }))
  }
  return { prerequisites: groupsOf('prerequisite'), corequisites: groupsOf('corequisite') }
}

/** Throws when the rules of a course weigh more than 100 percent together. */
export function requireWeightsWithin100(rules: readonly { weight: number }[]) {
  const { text, isWritable } = weightTotal(rules.map(({ weight }) => String(weight)))
  if (!isWritable) throw new ApiError(errors.EVALUATION_RULES_EXCEEDED, { total: text })
}
