export { issuing } from './prepare-current.ts'
export { prepareCurrent } from './prepare-current.ts'
export { findIssue } from './queries.ts'
