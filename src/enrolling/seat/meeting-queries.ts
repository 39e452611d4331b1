import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { sectionMeeting } from '#/enrolling/section/table.ts'
import { enrollment, isSeat } from './table.ts'

/**
 * The meetings of these sections, and of those that these students sit in, for the batch of a decision; both are what follows the
 * word `in`.
 */
export const meetingsOf = (ctx: Context, sections: SQL, students: SQL) =>
  ctx.db
    .select({
      section_id: sectionMeeting.section_id,
      weekday: sectionMeeting.weekday,
      start: sectionMeeting.start,
      end: sectionMeeting.end,
    })
    .from(sectionMeeting)
    .where(
      sql`${sectionMeeting.section_id} in ${sections} or ${sectionMeeting.section_id} in (
        select ${enrollment.section_id} from ${enrollment}
        where ${isSeat(enrollment.status)} and ${enrollment.student_id} in ${students})`,
    )
