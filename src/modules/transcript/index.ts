export { deleteOldFiles } from './delete-old-files.ts'
export { orderTranscript } from './enqueue-transcript.ts'
export { failJob, renderJob } from './render-job.ts'
