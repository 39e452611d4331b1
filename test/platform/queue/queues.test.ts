import { expect, test } from 'vitest'
import { messageTypes } from '#/wiring/consumers.ts'
import { dispatch } from '#/platform/queue/dispatch.ts'
import { queueFor, queuesOf } from '#/platform/queue/queues.ts'
import { systemContext, testEnv } from '../../world.ts'

const queueOf = (type: string) => {
  const found = queueFor(testEnv, { type })
  return Object.entries(queuesOf(testEnv)).find(([, queue]) => queue === found)![0]
}

test('mails and what writes much go through queues of their own', () => {
  const ways = Object.fromEntries([...messageTypes.keys()].map((type) => [type, queueOf(type)]))
  expect(ways).toEqual({
    'email-confirmation.mail': 'mail',
    'password-reset.mail': 'mail',
    'invitation.mail': 'mail',
    'result-changed.mail': 'mail',
    'transcript-ready.mail': 'mail',
    'transcript.render': 'work',
    'import.work': 'bulk',
    'backup.work': 'bulk',
    'audit.renewal': 'bulk',
  })
  expect(queueOf('coffee.brew')).toBe('work')
})

test('messages of one write go each their way', async () => {
  const sent: Record<string, unknown[]> = {}
  const to = (name: string) => ({
    sendBatch: async (batch: { body: unknown }[]) => void (sent[name] = batch.map(({ body }) => body)),
  })
  const env = { ...testEnv, QUEUE: to('work'), QUEUE_MAIL: to('mail'), QUEUE_BULK: to('bulk') } as never
  await dispatch({ ...systemContext(), env }, [
    { id: 'a', message: { type: 'import.work', import_id: '1' } },
    { id: 'b', message: { type: 'invitation.mail', invitation_id: 2 } },
    { id: 'c', message: { type: 'import.work', import_id: '3' } },
  ])
  expect(sent).toEqual({
    bulk: [
      { id: 'a', type: 'import.work', import_id: '1' },
      { id: 'c', type: 'import.work', import_id: '3' },
    ],
    mail: [{ id: 'b', type: 'invitation.mail', invitation_id: 2 }],
  })
})
