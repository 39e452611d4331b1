export { offering } from './queries.ts'
export { attemptOf, hasFigures } from './attempt-of.ts'
export { resultEntity } from './queries.ts'
export { figuresOf } from './rules.ts'
