import { count, inArray } from 'drizzle-orm'
import { counted } from '#/platform/metrics/gauges.ts'
import { transcriptJob } from './table.ts'

export const gauges = [
  counted({
    name: 'transcript_jobs_queued',
    help: 'Transcripts that were ordered and are not done.',
    query: (db) =>
      db
        .select({ found: count() })
        .from(transcriptJob)
        .where(inArray(transcriptJob.status, ['queued', 'rendering'])),
  }),
]
