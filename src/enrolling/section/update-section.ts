import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
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
export const updateSection = (ctx: Context, id: number, changes: z.output<typeof SectionChanges>) =>
  changes.capacity === undefined ? changeSection(ctx, id, changes) : settle(() => changeSection(ctx, id, changes))

async function changeSection(ctx: Context, id: number, changes: z.output<typeof SectionChanges>) {
  const section = await find(ctx, sectionEntity, id)
  const capacity = changes.capacity ?? section.capacity
  if (capacity < section.seats_taken) throw new ApiError(errors.SECTION_CAPACITY_BELOW_SEATS, { capacity })
  const events = capacity > section.capacity ? [seatsAdded({ section_id: id })] : []
  return update(ctx, sectionEntity, section, changes, { events }).catch((error: unknown) => {
    const isSeatTaken = error instanceof ApiError && error.code === 'SECTION_FULL'
    throw isSeatTaken ? new ApiError(errors.SECTION_CAPACITY_BELOW_SEATS, { capacity }) : error
  })
}
