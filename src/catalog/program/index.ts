export { programEntity } from './queries.ts'
export { Program, ProgramInput } from './schema.ts'
export { errors as programErrors } from './errors.ts'
