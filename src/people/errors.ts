import * as student from './student/errors.ts'
import * as studentNote from './student-note/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = { ...student.errors }
export const constraints = { ...student.constraints, ...studentNote.constraints }
