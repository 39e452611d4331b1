import type { Jobs } from '#/platform/schedule.ts'
import { promoteWaitlists } from './waitlist/index.ts'

export const often = { 'promote-waitlists': promoteWaitlists } satisfies Jobs
