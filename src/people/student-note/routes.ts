import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { wholeList } from '#/platform/http/listing/whole-list.ts'
import { addNote } from './add-note.ts'
import { findNote, findNotes } from './queries.ts'
import { StudentNote, StudentNoteInput } from './schema.ts'
import { errors as studentErrors } from '#/people/student/errors.ts'

const params = z.object({ id: pathId })

export const studentNoteEndpoints = [
  wholeList({
    id: 'getStudentNotes',
    path: '/students/:id/notes',
    summary: 'What staff noted about a student, newest first; the student never reads it',
    permission: 'student_note.read',
    params,
    row: StudentNote,
    errors: [studentErrors.STUDENT_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findNotes(ctx, id)),

  endpoint({
    id: 'addStudentNote',
    method: 'post',
    path: '/students/:id/notes',
    summary: 'Note something about a student in confidence; it can be neither changed nor deleted',
    permission: 'student_note.create',
    params,
    body: StudentNoteInput,
    confidential: true,
    status: 201,
    returns: StudentNote,
    errors: [studentErrors.STUDENT_NOT_FOUND],
    reread: findNote,
  }).handle(({ ctx, params: { id }, body }) => addNote(ctx, id, body)),
]
