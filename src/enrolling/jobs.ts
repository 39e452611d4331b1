import type { Jobs } from '#/platform/job/schedule.ts'
import { promoteWaitlists } from './waitlist/index.ts'

export const often = { 'promote-waitlists': promoteWaitlists } satisfies Jobs
