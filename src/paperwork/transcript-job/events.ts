import * as z from 'zod'
import { event } from '#/platform/events/event.ts'

/** The transcript of an order is ready, and the order names an address that waits for it. */
export const transcriptAwaited = event('transcript.awaited', { job_id: z.string() })
