export { termEntity } from './queries.ts'
export { dateProblems } from './rules.ts'
export { Term, TermInput } from './schema.ts'
export { errors as termErrors } from './errors.ts'
