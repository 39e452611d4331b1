import { counted } from '#/platform/gauge/gauge.ts'
import { jobsQueued } from './transcript-job/queries.ts'

export const gauges = [
  counted({
    name: 'transcript_jobs_queued',
    help: 'Transcripts that were ordered and are not done.',
    query: jobsQueued,
  }),
]
