export type { Bilingual, OfficialRecord, TranscriptTerm } from './official-record.ts'
export { renderTranscript } from './render-transcript.ts'
export { missing, outcomeMarks, repeatedSign, transcriptTexts } from './transcript-texts.ts'
