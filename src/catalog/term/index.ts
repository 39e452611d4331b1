export { termEntity } from './queries.ts'
export { Term, TermInput } from './schema.ts'
export { errors as termErrors } from './errors.ts'
