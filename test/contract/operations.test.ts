import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { type Endpoint, statusOf } from '#/platform/http/endpoint.ts'
import { reachOf } from '#/platform/policy.ts'
import { type Answer, call, type Caller, type Method } from '../call.ts'
import { type Persona, persona, testEnv, type World, world } from '../world.ts'
import type { Sample } from './sample-rows.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** Ask what a write would answer, and write nothing. A place at a turnstile is no row. */
const readsOnly = new Set([
  'checkEnrollment',
  'searchByBody',
  'takeTurnstilePlace',
  'verifyTranscriptFile',
  'verifyDocumentFile',
])

/** Reading that is on record all the same: it hands out what others will rely on, or everything. */
const onRecord = new Set<string>(['transcript.issue', 'transcript.receive', 'backup.download', 'student_note.read'])

const send = (caller: Caller, endpoint: Endpoint, { path, body, headers }: Sample) =>
  call(caller, endpoint.method.toUpperCase() as Method, path, body, headers)

test('there is a sample of every operation and of nothing else', () => {
  expect(Object.keys(samples).toSorted()).toEqual(endpoints.map(({ id }) => id).toSorted())
})

describe.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (id, endpoint) => {
  const isWrite = endpoint.method === 'get' ? onRecord.has(endpoint.permission) || isFile(endpoint) : !readsOnly.has(id)

  test(
    isWrite ? 'succeeds and leaves exactly one audit row that names it' : 'succeeds and leaves no audit row',
    async () => {
      const sample = await samples[id]!(w)
      const before = await newestAudit()
      const answer = await send(sample.as ?? admin, endpoint, sample)
      expect({ status: answer.status, error: answer.error }).toEqual({ status: statusOf(endpoint), error: null })
      const actions = await auditActionsSince(before)
      expect(actions).toEqual(isWrite ? [endpoint.permission] : [])
    },
  )

  if (isOwn(endpoint)) {
    /** One row for all of them: who does not find it leaves it as it is. */
    let ofSomebodyElse: Promise<Sample> | undefined
    test.each(strangers(endpoint))('does not find the row of somebody else for a %s', async (who) => {
      const sample = await (ofSomebodyElse ??= samples[id]!(w))
      const isMany = isList(endpoint) || isFile(endpoint)
      const role = who === 'applicant' ? 'student' : who
      const stranger = await persona(role, who === 'student' && !isMany ? (await w.student()).id : null)
      const before = await newestAudit()
      const answer = await send(stranger, endpoint, sample)
      if (isList(endpoint)) expect(answer.data).toHaveProperty('items', [])
      else if (isFile(endpoint)) expect(await rowsOf(answer, endpoint)).toEqual([])
      else expect([answer.status, answer.error?.code]).toEqual([404, expect.stringMatching(/_NOT_FOUND$/)])
      expect(await auditActionsSince(before)).toEqual(isFile(endpoint) ? [endpoint.permission] : [])
    })
  }
})

const ownRoles = ({ permission }: Endpoint) =>
  (['admin', 'registrar', 'faculty', 'student'] as const).filter((role) => reachOf(permission, role) === 'own')

/** Everybody who reaches the own rows only. An applicant is a student without a record. */
const strangers = (endpoint: Endpoint) =>
  ownRoles(endpoint).flatMap((role) => (role === 'student' ? ([role, 'applicant'] as const) : role))

/** Operations on the caller's own account, session, preferences and new filters name no row, so there is none of somebody else; nor is there a place at a turnstile. */
const isOwn = (endpoint: Endpoint) =>
  ownRoles(endpoint).length > 0 &&
  !endpoint.permission.startsWith('turnstile.') &&
  (endpoint.path.includes('/:') ||
    !/^(?:account\.|session\.|preference\.|second_factor\.|saved_filter\.create)/.test(endpoint.permission))

const isList = ({ id }: Endpoint) => id.startsWith('list')
const isFile = ({ id }: Endpoint) => id.startsWith('export')

/** The lines of a file below the names of its columns. */
async function rowsOf({ response }: Answer, { path }: Endpoint): Promise<string[]> {
  const lines = new TextDecoder()
    .decode(await response.arrayBuffer())
    .split('\n')
    .filter(Boolean)
  return path.endsWith('.csv') ? lines.slice(1) : lines
}

async function newestAudit(): Promise<number> {
  const row = await testEnv.DB.prepare('select coalesce(max(id), 0) as id from audit_log').first<{ id: number }>()
  return row!.id
}

/** What callers did; the queue may still be busy with what an earlier sample ordered. Rows that an act changes besides lead to its row. */
async function auditActionsSince(id: number): Promise<string[]> {
  const { results } = await testEnv.DB.prepare(
    "select id, action, summary from audit_log where id > ? and method <> 'BACKGROUND' order by id",
  )
    .bind(id)
    .all<{ id: number; action: string; summary: string | null }>()
  const acts = results.filter(({ summary }) => !summary?.startsWith('#'))
  const besides = results.filter((row) => !acts.includes(row))
  expect(besides.filter(({ summary }) => !acts.some((act) => `#${act.id}` === summary))).toEqual([])
  return acts.map(({ action }) => action)
}
