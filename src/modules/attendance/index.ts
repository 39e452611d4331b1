export { figuresOf, type Tally } from './rules.ts'
