export { newcomer } from './newcomer.ts'
export { archivedWithEmail, studentEntity } from './queries.ts'
export { requirePastDate } from './rules.ts'
export { person, Student, StudentInput } from './schema.ts'
