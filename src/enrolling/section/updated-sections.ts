import { and, eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Reaction } from '#/platform/events/subscriptions.ts'
import { termCode } from './queries.ts'
import { section } from './table.ts'

/** Answers which sections have followed their course in this write; a trigger of the course changes them. */
export const updatedSections = async (
  { db, now }: Context,
  { course_id }: { course_id: number },
): Promise<Reaction> => ({
  answer: {
    sections_updated: db
      .select({ section_id: section.id, term_id: section.term_id, term_code: termCode, number: section.number })
      .from(section)
      .where(and(eq(section.course_id, course_id), eq(section.updated_at, now)))
      .orderBy(section.id),
  },
})
