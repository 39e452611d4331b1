export { studentEntity } from './queries.ts'
export { requirePastDate } from './rules.ts'
export { StudentInput } from './schema.ts'
