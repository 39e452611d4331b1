import { counted, ofSettings } from '#/platform/gauge/gauge.ts'
import { sealEnds } from './official-document/index.ts'
import { jobsQueued } from './transcript-job/queries.ts'

export const gauges = [
  counted({
    name: 'transcript_jobs_queued',
    help: 'Transcripts that were ordered and are not done.',
    query: jobsQueued,
  }),
  ofSettings({
    name: 'seal_certificate_expires_seconds',
    help: 'How long the certificate of the key that signs documents is still good; below zero once it has ended.',
    value: (settings, now) => (sealEnds(settings) - now) / 1000,
  }),
]
