import { count, eq, inArray, min, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deadLetter } from '#/operations/dead-letter/table.ts'
import { outbox } from '#/platform/queue/table.ts'
import { lastBackup } from '#/operations/backup/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { student } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { transcriptJob } from '#/paperwork/transcript-job/table.ts'

/** Everything that gauges are made of, in one round trip. */
export async function findStanding({ db }: Pick<Context, 'db'>) {
  const [students, seats, jobs, letters, messages, [backup]] = await db.batch([
    db.select({ students: count() }).from(student),
    db
      .select({ seats: sql<number>`coalesce(sum(${section.seats_taken}), 0)` })
      .from(section)
      .where(inArray(section.term_id, db.select({ id: term.id }).from(term).where(eq(term.status, 'open')))),
    db
      .select({ jobs: count() })
      .from(transcriptJob)
      .where(inArray(transcriptJob.status, ['queued', 'rendering'])),
    db.select({ letters: count() }).from(deadLetter).where(eq(deadLetter.status, 'dead')),
    db.select({ messages: count(), oldest: min(outbox.created_at) }).from(outbox),
    lastBackup(db),
  ])
  return {
    ...students[0]!,
    ...seats[0]!,
    ...jobs[0]!,
    ...letters[0]!,
    ...messages[0]!,
    backup: backup?.finished_at ?? null,
  }
}
