import { eq, type SQL } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import { transcriptIssue, transcriptRecord } from '#/paperwork/transcript/table.ts'
import { student } from '#/people/student/table.ts'

/** The number comes first, as it is never null: by the first column of a left join Drizzle tells whether there is a row. */
const issued = {
  issue: transcriptIssue,
  holder: { student_number: student.student_number, first_name: student.first_name, last_name: student.last_name },
}

/** An issued transcript, and whom it was issued to; the holder is null once deleted. */
export const findIssuedTo = (db: Database, id: string) => findWhere(db, eq(transcriptIssue.id, id))

/** The same by the digest of its file. */
export const findIssuedFile = (db: Database, sha256: string) => findWhere(db, eq(transcriptIssue.file_sha256, sha256))

async function findWhere(db: Database, which: SQL) {
  const [found] = await db
    .select(issued)
    .from(transcriptIssue)
    .leftJoin(student, eq(student.id, transcriptIssue.student_id))
    .where(which)
  return found
}

/** The same with what it certifies, unless that was not kept. */
export async function findCertified(db: Database, id: string) {
  const [found] = await db
    .select({ ...issued, record: transcriptRecord.record })
    .from(transcriptIssue)
    .leftJoin(student, eq(student.id, transcriptIssue.student_id))
    .leftJoin(transcriptRecord, eq(transcriptRecord.digest, transcriptIssue.digest))
    .where(eq(transcriptIssue.id, id))
  return found
}
