import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { expect, vi } from 'vitest'
import { newId } from '#/platform/context.ts'
import worker from '#/worker.ts'
import { type Persona, testEnv } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'

/** A job in the state that ordering leaves it in, with no message under way: the test delivers. */
export async function queuedJob(
  student: number,
  by: Persona,
  { email = null, language = 'en' }: { email?: string | null; language?: string } = {},
): Promise<string> {
  const id = newId()
  await execute(
    'insert into transcript_job (id, student_id, language, email, requested_by, created_at) values (?, ?, ?, ?, ?, ?)',
    id,
    student,
    language,
    email,
    by.userId,
    new Date().toISOString(),
  )
  return id
}

/** The message that renders a job. */
export const order = (job_id: string) => ({ id: newId(), type: 'transcript.render', job_id })

/** Hands bodies to the worker as the queue does. */
export async function deliver(bodies: unknown[], queue = 'lyceum-work') {
  const messages = bodies.map((body, index) => ({ id: `m${index}`, timestamp: new Date(), attempts: 1, body }))
  const [batch, execution] = [createMessageBatch(queue, messages), createExecutionContext()]
  await worker.queue(batch, testEnv, execution)
  const { explicitAcks, retryMessages } = await getQueueResult(batch, execution)
  return { acked: explicitAcks, retried: retryMessages.map(({ msgId }) => msgId) }
}

/** Waits for the real queue. */
export const rendered = (caller: Pick<Persona, 'get'>, id: string) =>
  vi.waitFor(async () => expect((await caller.get(`/transcripts/jobs/${id}`)).data.status).toBe('ready'), {
    timeout: 20_000,
    interval: 250,
  })
