export { newcomer } from './newcomer.ts'
export { archivedWithEmail, studentEntity } from './queries.ts'
export { person } from './schema.ts'
