/** How things stand when Prometheus asks, each with its help. */
export const gauges = {
  database_up: 'Whether the database answers: 1 or 0. Without it the gauges that it would tell are absent.',
  students: 'Students on record.',
  open_term_enrollments: 'Seats taken in sections of terms that are open.',
  transcript_jobs_queued: 'Transcripts that were ordered and are not done.',
  dead_letters: 'Messages on record that the queue gave up on.',
  outbox_messages: 'Messages that were written and not sent to the queue yet.',
  outbox_oldest_age_seconds: 'How long the oldest of them has waited; 0 when there is none.',
  backup_age_seconds: 'How long ago the newest good backup was taken; absent when there is none.',
} as const

/** Those that are known. */
export type Gauges = { [Name in keyof typeof gauges]?: number }
