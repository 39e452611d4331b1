import type * as z from 'zod'
import { meaningScheme } from '#/catalog/scheme/index.ts'
import { type AcceptClashes, noneOf } from '#/catalog/clash/index.ts'
import { mindingClashes, ofSection, tellingClashes } from '#/enrolling/timetable/index.ts'
import type { Context } from '#/platform/context.ts'
import { find, restore, update } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { ApiError } from '#/platform/errors.ts'
import { seatsAdded } from './events.ts'
import { sectionEntity } from './queries.ts'
import type { SectionChanges } from './schema.ts'
import { errors } from './errors.ts'

/**
 * Changes a section. Its capacity never falls below the seats that are taken; the database refuses that, too,
 * when somebody enrolls in the meantime. Seats that are added may be given away in the same write.
 */
export const updateSection = (ctx: Context, id: number, changes: Changes, asked: AcceptClashes) =>
  meaningScheme(ctx, errors.SECTION_SCHEME_NOT_FOUND, changes, (given) =>
    given.capacity === undefined
      ? changeSection(ctx, id, given, asked)
      : settle(() => changeSection(ctx, id, given, asked)),
  )

type Changes = z.output<typeof SectionChanges>

async function changeSection(ctx: Context, id: number, changes: Changes, asked: AcceptClashes) {
  const section = await find(ctx, sectionEntity, id)
  const capacity = changes.capacity ?? section.capacity
  if (capacity < section.seats_taken) throw new ApiError(errors.SECTION_CAPACITY_BELOW_SEATS, { capacity })
  const events = capacity > section.capacity ? [seatsAdded({ section_id: id })] : []
  const { term_id = section.term_id } = changes
  const sought = term_id === section.term_id ? undefined : ofSection(id, term_id)
  const minding = sought && mindingClashes(ctx, sought, asked)
  const updated = await update(ctx, sectionEntity, section, changes, { events, ...minding })
    .catch((error: unknown) => {
      const isSeatTaken = error instanceof ApiError && error.code === 'SECTION_FULL'
      throw isSeatTaken ? new ApiError(errors.SECTION_CAPACITY_BELOW_SEATS, { capacity }) : error
    })
    .catch(sought && tellingClashes(ctx, sought, asked))
  return { ...noneOf(asked), ...updated }
}

/** Brings a section back with its meetings and instructors. Throws MEETINGS_CLASH. */
export async function restoreSection(ctx: Context, id: number, asked: AcceptClashes) {
  const sought = ofSection(id)
  const minding = mindingClashes(ctx, sought, asked)
  return restore(ctx, sectionEntity, id, {}, minding).catch(tellingClashes(ctx, sought, asked))
}
