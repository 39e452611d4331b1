export { knownAs, knownBy } from './known-as-queries.ts'
export { summarySaid } from './said.ts'
export { summaryOf } from './summary-of.ts'
