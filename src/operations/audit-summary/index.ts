export { summaryOf } from './summary-of.ts'
