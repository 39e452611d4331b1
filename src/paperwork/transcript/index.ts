export { issuing } from './issuing.ts'
export { prepareCurrent } from './prepare-current.ts'
export { findIssue } from './queries.ts'
