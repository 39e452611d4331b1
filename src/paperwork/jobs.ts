import type { Jobs } from '#/platform/job/schedule.ts'
import { deleteOldFiles } from './transcript-job/index.ts'

export const nightly = { 'delete-old-files': deleteOldFiles } satisfies Jobs
