export { programEntity } from './queries.ts'
export { Program, ProgramInput } from './schema.ts'
