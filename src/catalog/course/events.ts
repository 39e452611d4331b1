import * as z from 'zod'
import { event } from '#/platform/events/event.ts'

/** What a course is called, or what it is worth, is another than before. */
export const courseChanged = event('course.changed', { course_id: z.int() })
