export { issueCurrent } from './issue-current.ts'
export { issuing } from './issuing.ts'
export { findIssue } from './queries.ts'
export type { PreparedTranscript } from './prepare-transcript.ts'
