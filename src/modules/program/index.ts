export { programEntity } from './queries.ts'
export { ProgramInput } from './schema.ts'
