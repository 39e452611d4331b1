export { resultEntity } from './queries.ts'
export { figuresOf } from './rules.ts'
