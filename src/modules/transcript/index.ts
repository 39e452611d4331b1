export { deleteOldFiles } from './delete-old-files.ts'
export { failJob, renderJob } from './render-job.ts'
