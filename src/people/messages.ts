import { studentGraduated, studentLeft } from './student/events.ts'

/** What this area tells of what happens in it. */
export const events = { studentGraduated, studentLeft }
