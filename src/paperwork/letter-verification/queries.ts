import { eq, type SQL } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import { letter } from '#/paperwork/letter/table.ts'
import { requestTable } from '#/paperwork/request/table.ts'
import { student } from '#/people/student/table.ts'

/** A letter as it was signed, whom it speaks of, and when that student was born, unless the student was deleted. */
export const findHeld = (db: Database, id: string) => findWhere(db, eq(letter.id, id))

/** The same by the digest of its file. */
export const findHeldFile = (db: Database, sha256: string) => findWhere(db, eq(letter.file_sha256, sha256))

async function findWhere(db: Database, which: SQL) {
  const [found] = await db
    .select({ issue: letter, birth: student.date_of_birth })
    .from(letter)
    .innerJoin(requestTable, eq(requestTable.id, letter.request_id))
    .leftJoin(student, eq(student.id, requestTable.student_id))
    .where(which)
  return found && { ...found, holder: found.issue.facts.student }
}

export type Held = NonNullable<Awaited<ReturnType<typeof findHeld>>>
