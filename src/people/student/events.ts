import * as z from 'zod'
import { event } from '#/platform/events/event.ts'

/** A student studies no more, for a time or for good. */
export const studentLeft = event('student.left', { student_id: z.int() })
/** A student has finished the studies. */
export const studentGraduated = event('student.graduated', { student_id: z.int() })
