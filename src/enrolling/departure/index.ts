export { refuse } from './end-enrollment.ts'
export { endedRefusal } from './rules.ts'
