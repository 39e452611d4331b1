export { issuing, keepingRecord } from './issuing.ts'
export { prepareTranscript, readCertifiable } from './prepare-transcript.ts'
export { findIssue } from './queries.ts'
export type { Issue } from './table.ts'
