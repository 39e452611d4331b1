import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#/platform/context.ts'
import type { Env } from '#/platform/env.ts'
import { deliver, deliverTo } from '../../platform/queue/deliver.ts'
import { countRows, testEnv, type World, world } from '../../world.ts'
import { rowOf } from '../../grading/graded-section.ts'
import { bytesOf, type IssueRow, sha256 } from '../transcript/issued.ts'
import { order, queuedJob } from './jobs.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const files = async () => (await testEnv.DOCUMENTS.list({ prefix: 'transcripts/' })).objects.map(({ key }) => key)

/** What is sent takes effect and nobody lives to hear it, or it never arrives. */
type Fate = 'done, unheard' | 'never done'
const lost = (fate: Fate) => async (send: () => Promise<unknown>) => {
  if (fate === 'done, unheard') await send()
  throw new Error('the power is gone')
}

/** Bindings whose call number `at` to a batch of D1, to a read of many facts in one, or to R2, has this fate. */
function losing(what: 'batch' | 'facts' | 'put', at: number, fate: Fate): Env {
  let calls = 0
  const meet = (send: () => Promise<unknown>) => ((calls += 1) === at ? lost(fate)(send) : send())
  const DB = {
    withSession: (mode: string) => {
      const session = testEnv.DB.withSession(mode)
      return {
        prepare: (text: string) =>
          what === 'facts' && text.startsWith('select (with part')
            ? {
                bind: (...values: unknown[]) => ({
                  all: () =>
                    meet(() =>
                      session
                        .prepare(text)
                        .bind(...values)
                        .all(),
                    ),
                }),
              }
            : session.prepare(text),
        batch: (list: D1PreparedStatement[]) =>
          what === 'batch' ? meet(() => session.batch(list)) : session.batch(list),
        getBookmark: () => session.getBookmark(),
      }
    },
  }
  const bucket = testEnv.DOCUMENTS
  const DOCUMENTS = {
    put: (...given: Parameters<R2Bucket['put']>) =>
      what === 'put' ? meet(() => bucket.put(...given)) : bucket.put(...given),
    delete: (keys: string[]) => bucket.delete(keys),
  }
  return { ...testEnv, DB, DOCUMENTS } as unknown as Env
}

/** The batches of a delivery: the name of the draft, the issue. */
const batches = { draft: 1, issue: 2 }

describe.each(['done, unheard', 'never done'] as const)('of a transcript, what is lost on its way was %s', (fate) => {
  test.each([
    ['the note of its name', 'batch', batches.draft],
    ['what it is made of', 'facts', 1],
    ['its file', 'put', 1],
    ['its issue', 'batch', batches.issue],
  ] as const)('%s: one issue and its own file are left once the message comes again', async (_, what, at) => {
    const job = await queuedJob((await w.student()).id, w.registrar)
    const before = { files: await files(), issues: await countRows('transcript_issue') }
    const message = { id: newId(), body: order(job) }
    expect((await deliverTo(losing(what, at, fate), 'lyceum-work', message)).again).toEqual([message.id])
    expect((await deliver('lyceum-work', message)).done).toEqual([message.id])
    const { data } = await w.registrar.get(`/transcripts/jobs/${job}`)
    expect([data.status, data.error_code]).toEqual(['ready', null])
    expect(await countRows('transcript_issue')).toBe(before.issues + 1)
    expect((await files()).filter((key) => !before.files.includes(key))).toEqual([`transcripts/${data.issue_id}.pdf`])
    const { file_sha256 } = await rowOf<IssueRow>('select * from transcript_issue where id = ?', data.issue_id!)
    expect(await sha256(await bytesOf(await w.registrar.get(`/transcripts/jobs/${job}/file`)))).toBe(file_sha256)
  })
})

test('an issue that took place unheard keeps its file when the queue gives up', async () => {
  const job = await queuedJob((await w.student()).id, w.registrar)
  const message = { id: newId(), body: order(job) }
  await deliverTo(losing('batch', batches.issue, 'done, unheard'), 'lyceum-work', message)
  await deliver('lyceum-dead-letters', message)
  expect((await w.registrar.get(`/transcripts/jobs/${job}`)).data.status).toBe('ready')
  expect((await w.registrar.get(`/transcripts/jobs/${job}/file`)).status).toBe(200)
})

test('an issue that did not take place leaves no file when the queue gives up', async () => {
  const [job, before] = [await queuedJob((await w.student()).id, w.registrar), await files()]
  const message = { id: newId(), body: order(job) }
  await deliverTo(losing('batch', batches.issue, 'never done'), 'lyceum-work', message)
  expect((await files()).length).toBe(before.length + 1)
  await deliver('lyceum-dead-letters', message)
  expect((await w.registrar.get(`/transcripts/jobs/${job}`)).data.status).toBe('failed')
  expect(await files()).toEqual(before)
})
