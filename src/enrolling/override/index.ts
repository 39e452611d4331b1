export { overridesOf } from './queries.ts'
