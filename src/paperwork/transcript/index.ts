export { issueCurrent } from './issue-current.ts'
export { issuing } from './issuing.ts'
export type { PreparedTranscript } from './prepare-transcript.ts'
