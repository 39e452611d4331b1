export { termEntity } from './queries.ts'
export { TermInput } from './schema.ts'
