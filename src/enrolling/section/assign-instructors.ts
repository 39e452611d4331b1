import { eq } from 'drizzle-orm'
import { type AcceptClashes, noneOf } from '#/catalog/clash/index.ts'
import { mindingClashes, ofInstructors, tellingClashes } from '#/enrolling/timetable/index.ts'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { eachThere, pathsOf, type Rule } from '#/platform/database/rule/rule.ts'
import { replaceParts } from '#/platform/database/write/replace-parts.ts'
import { sectionEntity, instructorsQuery, findInstructedSection, notAsShown, staff } from './queries.ts'
import { errors } from './errors.ts'
import type { InstructorsInput } from './schema.ts'
import { sectionInstructor } from './table.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { refused } from '#/platform/validation/invalid.ts'
import { readOnly } from '#/platform/validation/words.ts'

/**
 * Replaces the instructors of a section. From now on they, and only they, keep its gradebook. The same ones again write nothing. Throws
 * VALIDATION_ERROR for a repeated name or e-mail that is not what GET says.
 */
export async function assignInstructors(
  ctx: Context,
  { sectionId, user_ids = [], instructors: given, ...asked }: { sectionId: number } & InstructorsInput & AcceptClashes,
) {
  const { section, instructors } = await findInstructedSection(ctx, sectionId)
  demandVersion(ctx, section)
  requireRepeated(ctx, given ?? [], instructors)
  const before = instructors.map(({ user_id }) => user_id).toSorted((a, b) => a - b)
  const wanted = [...new Set(given?.map(({ user_id }) => user_id) ?? user_ids)].toSorted((a, b) => a - b)
  if (wanted.join() === before.join()) return { instructors, ...noneOf(asked) }
  const sought = ofInstructors(
    sectionId,
    wanted.filter((id) => !before.includes(id)),
  )
  const { also = [], ...minding } = { also: [], ...mindingClashes(ctx, sought, asked) }
  const { read, answers } = await replaceParts(ctx, sectionEntity, section, {
    ...minding,
    name: 'instructors',
    before,
    wanted,
    also: [
      ...also,
      ctx.db.delete(sectionInstructor).where(eq(sectionInstructor.section_id, sectionId)),
      ...wanted.map((user_id) => ctx.db.insert(sectionInstructor).values({ section_id: sectionId, user_id })),
    ],
    read: instructorsQuery(ctx, sectionId),
  }).catch(tellingClashes(ctx, sought, asked))
  return { instructors: read, ...answers }
}

type Given = Partial<NonNullable<InstructorsInput['instructors']>[number]>
const repeatable = ['full_name', 'email'] as const

/** Active accounts of staff; and what is repeated of them is as GET says. */
export const instructorRules: readonly Rule[] = [
  eachThere(
    errors.INSTRUCTOR_NOT_FOUND,
    'user_ids',
    (ids) => (ids as unknown[]).map((id, i) => ({ path: `user_ids.${i}`, id })),
    staff,
  ),
  eachThere(
    errors.INSTRUCTOR_NOT_FOUND,
    'instructors',
    (given) => (given as Given[]).map((one, i) => ({ path: `instructors.${i}.user_id`, id: one?.user_id })),
    staff,
  ),
  {
    error: sharedErrors.VALIDATION_ERROR,
    fields: ['instructors'],
    isPiecewise: true,
    says: readOnly,
    breaks: ({ instructors }, { id }) => {
      const repeated = (instructors as Given[]).flatMap((one, i) =>
        repeatable
          .filter((name) => one?.user_id !== undefined && one[name] !== undefined)
          .map((name) => ({ path: `instructors.${i}.${name}`, name, user_id: one.user_id, said: one[name] })),
      )
      return pathsOf(repeated, notAsShown(id))
    },
  },
]

type Shown = Awaited<ReturnType<typeof findInstructedSection>>['instructors'][number]

function requireRepeated(
  { language }: Context,
  given: NonNullable<InstructorsInput['instructors']>,
  shown: readonly Shown[],
) {
  const byId = new Map(shown.map((one) => [one.user_id, one]))
  const changed = given.flatMap(({ user_id, ...repeated }, place) =>
    repeatable
      .filter((name) => repeated[name] !== undefined && repeated[name] !== byId.get(user_id)?.[name])
      .map((name) => ({
        in: 'body' as const,
        path: `instructors.${place}.${name}`,
        code: readOnly.code,
        message: readOnly[language],
      })),
  )
  if (changed.length > 0) throw refused(changed)
}
