export { termEntity } from './queries.ts'
export { Term, TermInput } from './schema.ts'
