import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { replaceParts } from '#/platform/database/write/replace-parts.ts'
import { ApiError } from '#/platform/errors.ts'
import { identifierKey } from '#/platform/text/identifier.ts'
import { sectionEntity, findMeetings, findMeetingSection } from './queries.ts'
import { clash } from './rules.ts'
import type { MeetingsInput } from './schema.ts'
import { sectionMeeting } from './table.ts'
import { errors } from './errors.ts'

/** Replaces the weekly meetings of a section. The same ones again write nothing. Enrollments that clash from now on stay. */
export async function setMeetings(ctx: Context, sectionId: number, { meetings }: z.output<typeof MeetingsInput>) {
  const { section, meetings: before } = await findMeetingSection(ctx, sectionId)
  demandVersion(ctx, section)
  const wanted = meetings.map(({ weekday, start, end, room }) => ({ weekday, start, end, room }))
  if (clash(wanted)) throw new ApiError(errors.MEETINGS_OVERLAP)
  if (JSON.stringify(wanted) === JSON.stringify(before)) return { meetings: before }
  const read = await replaceParts(ctx, sectionEntity, section, {
    name: 'meetings',
    before,
    wanted,
    also: [
      ctx.db.delete(sectionMeeting).where(eq(sectionMeeting.section_id, sectionId)),
      ...wanted.map((meeting) =>
        ctx.db.insert(sectionMeeting).values({
          section_id: sectionId,
          ...meeting,
          room_key: meeting.room === null ? null : identifierKey(meeting.room),
        }),
      ),
    ],
    read: findMeetings(ctx.db, sectionId),
  })
  return { meetings: read }
}
