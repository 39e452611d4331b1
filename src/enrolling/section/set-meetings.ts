import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import { type AcceptClashes, noneOf } from '#/catalog/clash/index.ts'
import { mindingClashes, ofMeetings, tellingClashes } from '#/enrolling/timetable/index.ts'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { fits } from '#/platform/database/rule/rule.ts'
import { replaceParts } from '#/platform/database/write/replace-parts.ts'
import { ApiError } from '#/platform/errors.ts'
import { sectionEntity, findMeetings, findMeetingSection } from './queries.ts'
import { clash, type Meeting, overlaps, roomKey } from './rules.ts'
import type { MeetingsInput } from './schema.ts'
import { sectionMeeting } from './table.ts'
import { errors } from './errors.ts'

/** No two of the meetings that are well-formed are at the same time, whatever the others are: the later one of each pair is told. */
export const meetingRule = fits(
  errors.MEETINGS_OVERLAP,
  ['meetings'],
  ({ meetings }) => {
    const sound = (meetings as Partial<Meeting>[]).map((one) => (isWhole(one) ? one : undefined))
    return sound.flatMap((one, i) =>
      one && sound.slice(0, i).some((other) => other && overlaps(one, other)) ? [{ path: `meetings.${i}` }] : [],
    )
  },
  { isPiecewise: true },
)

const isWhole = (one: Partial<Meeting> | undefined): one is Meeting =>
  one?.weekday !== undefined && one.start !== undefined && one.end !== undefined && one.start < one.end

/** Replaces the weekly meetings of a section. The same ones again write nothing. Clashes with
 * others are refused unless they are accepted; enrollments stay. */
export async function setMeetings(
  ctx: Context,
  sectionId: number,
  { meetings, ...asked }: z.output<typeof MeetingsInput> & AcceptClashes,
) {
  const { section, meetings: before } = await findMeetingSection(ctx, sectionId)
  demandVersion(ctx, section)
  const wanted = meetings.map(({ weekday, start, end, room }) => ({ weekday, start, end, room }))
  if (clash(wanted)) throw new ApiError(errors.MEETINGS_OVERLAP)
  if (JSON.stringify(wanted) === JSON.stringify(before)) return { meetings: before, ...noneOf(asked) }
  const sought = ofMeetings(sectionId, before, wanted)
  const { also = [], ...minding } = { also: [], ...mindingClashes(ctx, sought, asked) }
  const { read, answers } = await replaceParts(ctx, sectionEntity, section, {
    ...minding,
    name: 'meetings',
    before,
    wanted,
    also: [
      ...also,
      ctx.db.delete(sectionMeeting).where(eq(sectionMeeting.section_id, sectionId)),
      ...wanted.map((meeting) =>
        ctx.db.insert(sectionMeeting).values({
          section_id: sectionId,
          ...meeting,
          room_key: meeting.room === null ? null : roomKey(meeting.room),
        }),
      ),
    ],
    read: findMeetings(ctx.db, sectionId),
  }).catch(tellingClashes(ctx, sought, asked))
  return { meetings: read, ...answers }
}
