import { gauge, secondsSince } from '#/platform/gauge/gauge.ts'
import { lastBackupTime } from './queries.ts'

export const gauges = [
  gauge({
    name: 'backup_age_seconds',
    help: 'How long ago the newest good backup was taken; absent when there is none.',
    query: lastBackupTime,
    // Without a backup there is no age, and that is what an alert looks for.
    value: (finished_at, now) => (finished_at ? secondsSince(finished_at, now) : undefined),
  }),
]
