import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write/write.ts'
import { writtenId } from '#/platform/audit/written-id.ts'
import { noteRows } from './queries.ts'
import { studentNote } from './table.ts'

/** Notes something about a student, in confidence: the audit log learns that it was done, not what it says. */
export async function addNote(ctx: Context, student_id: number, { text }: { text: string }) {
  const { read } = await write(ctx, {
    change: ctx.db.insert(studentNote).values({ student_id, text, author_id: ctx.actor.id!, created_at: ctx.now }),
    audit: { entity: 'student_note', changes: { student_id: { new: student_id }, text: { new: '[redacted]' } } },
    read: noteRows(ctx.db).where(eq(studentNote.id, writtenId)),
    blame: { id: student_id },
  })
  return read[0]!
}
