export { issuing } from './issuing.ts'
export { prepareTranscript } from './prepare-transcript.ts'
export { findIssue } from './queries.ts'
