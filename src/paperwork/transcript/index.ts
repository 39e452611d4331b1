export { issuing } from './issuing.ts'
export { prepareTranscript, readCertifiable } from './prepare-transcript.ts'
export { findIssue } from './queries.ts'
