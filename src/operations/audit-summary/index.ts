export { knownAs } from './known-as-queries.ts'
export { summaryOf } from './summary-of.ts'
