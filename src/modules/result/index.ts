export { resultEntity } from './queries.ts'
export { figuresOf, schemeOf } from './rules.ts'
