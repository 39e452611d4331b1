export type { Bilingual, OfficialRecord, RecordScale, TranscriptTerm } from './official-record.ts'
export { renderTranscript } from './render-transcript.ts'
export { missing, outcomeMarks, repeatedSign, transcriptTexts } from './transcript-texts.ts'
export { gradeCells, gradeHeadings, showsPercent } from './grade-columns.ts'
