import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { replaceParts } from '#/platform/database/write/replace-parts.ts'
import { ApiError, messageOf } from '#/platform/errors.ts'
import { refused } from '#/platform/validation/invalid.ts'
import { saidOtherwise } from '#/platform/validation/repeated-parts.ts'
import { circleThrough } from './circle.ts'
import { courseEntity, findCodes, findRequirementRows, findRequirements, stillAsked } from './queries.ts'
import { requirementGroups, requirementRows } from './rules.ts'
import type { RequirementsInput } from './schema.ts'
import { courseRequirement } from './table.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const kinds = ['prerequisites', 'corequisites'] as const

const namedIn = (wanted: RequirementsInput) =>
  kinds.flatMap((kind) =>
    wanted[kind].flatMap(({ any_of }, group) =>
      any_of.map((given, place) => ({ path: `${kind}.${group}.any_of.${place}`, given })),
    ),
  )

/**
 * Replaces what a course asks for. It holds for enrollments from now on. Throws REQUIREMENTS_CIRCULAR where nobody could take the course any more, also
 * when another course came to ask for it meanwhile.
 */
export function setRequirements(ctx: Context, courseId: number, wanted: RequirementsInput) {
  const seen: number[] = []
  return settle(() => setOnce(ctx, courseId, wanted, seen))
}

/** `seen` are the versions of the course that were read: what others ask for is looked at again, another version of its own is not written over. */
async function setOnce(ctx: Context, courseId: number, wanted: RequirementsInput, seen: number[]) {
  const named = namedIn(wanted)
  const ids = [...new Set(named.map(({ given }) => given.course_id))].filter((id) => id !== courseId)
  const { course: found, requirements: before, codes, further } = await findRequirements(ctx, courseId, ids)
  demandVersion(ctx, found)
  seen.push(found.version)
  if (seen[0] !== found.version) throw new ApiError(sharedErrors.STALE_STATE)
  requireCodes(ctx, named, codes)
  const rows = requirementRows(courseId, wanted)
  if (JSON.stringify(rows) === JSON.stringify(requirementRows(courseId, before))) return before
  const others = rows.filter(({ required_course_id }) => required_course_id !== courseId)
  const circle = circleThrough(courseId, [...others, ...further])
  if (circle) await refuseCircle(ctx, circle, named)
  const { read } = await replaceParts(ctx, courseEntity, found, {
    name: 'requirements',
    before: withoutCodes(before),
    wanted: withoutCodes(wanted),
    also: [
      ctx.db.delete(courseRequirement).where(eq(courseRequirement.course_id, courseId)),
      ...rows.map((row) => ctx.db.insert(courseRequirement).values(row)),
      expectThat(ctx, stillAsked(ids, courseId, further)),
    ],
    read: findRequirementRows(ctx.db, courseId),
  })
  return requirementGroups(read)
}

/** As the audit log keeps it. */
const withoutCodes = (requirements: RequirementsInput) =>
  Object.fromEntries(
    kinds.map((kind) => [
      kind,
      requirements[kind].map(({ any_of }) => ({
        any_of: any_of.map(({ course_id, minimum_percentage }) => ({ course_id, minimum_percentage })),
      })),
    ]),
  )

/** Throws VALIDATION_ERROR for a code that is not that of the course by whose id it stands. */
function requireCodes(
  ctx: Context,
  named: ReturnType<typeof namedIn>,
  codes: readonly { id: number; code: string }[],
): void {
  const codeOf = new Map(codes.map(({ id, code }) => [id, { course_code: code }]))
  const changed = named.flatMap(({ path, given }) =>
    saidOtherwise(path, ['course_code'], { given, shown: codeOf.get(given.course_id) }, ctx),
  )
  if (changed.length > 0) throw refused(changed)
}

/** Blames the course that leads round. */
async function refuseCircle(ctx: Context, ids: readonly number[], named: ReturnType<typeof namedIn>): Promise<never> {
  const codeOf = await findCodes(ctx, ids)
  const circle = ids.map((course_id) => ({ course_id, course_code: codeOf.get(course_id)! }))
  const way = circle.map(({ course_code }) => course_code).join(' → ')
  const declared = errors.REQUIREMENTS_CIRCULAR
  const places = named.filter(({ given }) => given.course_id === ids[1])
  const message = messageOf(declared, { circle: way }, ctx.language)
  const found = places.map(({ path }) => ({ in: 'body', path: `${path}.course_id`, code: declared.code, message }))
  throw new ApiError(declared, { circle: way }, { details: { circle: circle.slice(0, -1), errors: found } })
}
