import { eq } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import { transcriptIssue } from '#/paperwork/transcript/table.ts'
import { transcriptJob } from '#/paperwork/transcript-job/table.ts'
import { student } from '#/people/student/table.ts'

/** What the mail of a finished order is made of, while its student is on record. */
export async function findReadyOrder(db: Database, id: string) {
  const [order] = await db
    .select({
      email: transcriptJob.email,
      language: transcriptJob.language,
      finished_at: transcriptJob.finished_at,
      issue: transcriptIssue,
      student: { first_name: student.first_name, last_name: student.last_name, latin_name: student.latin_name },
    })
    .from(transcriptJob)
    .innerJoin(transcriptIssue, eq(transcriptIssue.id, transcriptJob.issue_id))
    .innerJoin(student, eq(student.id, transcriptJob.student_id))
    .where(eq(transcriptJob.id, id))
  return order
}
