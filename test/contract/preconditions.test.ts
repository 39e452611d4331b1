import { beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { endpoints } from '#/wiring/endpoints.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { call, type Method, refusal } from '../call.ts'
import { countRows, type Persona, type World, world } from '../world.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const mindsVersion = ({ errors }: Endpoint) => errors?.some(({ code }) => code === 'PRECONDITION_FAILED')

/** What callers did and what was refused to nobody. */
const written = () => countRows("audit_log where success = 1 and method <> 'BACKGROUND'")

/** Writes at an address with an id, or of a row that the body names, that change no row of a version alone. */
const unversioned = {
  'end what has no version': ['endSession', 'withdrawInvitation', 'endUserSessions', 'deleteBackup'],
  'make a row below another one': [
    'addStudentNote',
    'placeHold',
    'grantOverride',
    'enrollStudent',
    'checkEnrollment',
    'enrollStudents',
    'joinWaitlist',
    'issueTranscript',
    'importFile',
  ],
  'write many rows': ['takeAttendance', 'saveGradebook', 'computeResults', 'completeTerm'],
  'happen once, whatever the version': [
    'revokeTranscript',
    'revokeDocument',
    'confirmImport',
    'approve',
    'reject',
    'retryDeadLetter',
  ],
  'change no row': [
    'unlockUser',
    'discloseTranscript',
    'discloseDocument',
    'verifyBackup',
    'restoreBackup',
    'runJob',
    'takeTurnstilePlace',
  ],
}

test('every write of one row minds its version, or is known not to', () => {
  const writes = endpoints.filter(
    ({ method, path, body }) => method !== 'get' && (path.includes('/:') || namesRow(body)),
  )
  const mindless = writes.filter((endpoint) => !mindsVersion(endpoint)).map(({ id }) => id)
  expect(mindless.toSorted()).toEqual(Object.values(unversioned).flat().toSorted())
})

/** Whether a body says which row it is about, of the noun that the operation changes. */
const namesRow = (body: Endpoint['body']) =>
  body !== undefined &&
  /"(?:result_id|change_id)"/.test(JSON.stringify(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })))

test.each(endpoints.filter(mindsVersion).map((endpoint) => [endpoint.id, endpoint] as const))(
  '%s of another version than that of If-Match answers 412 and writes nothing',
  async (id, { method }) => {
    const { as = admin, path, body, headers } = await samples[id]!(w)
    const before = await written()
    const stale = { ...headers, 'if-match': '"987654"' }
    const answer = await call(as, method.toUpperCase() as Method, path, body, stale)
    expect(refusal(answer)).toEqual([412, 'PRECONDITION_FAILED'])
    expect(await written()).toBe(before)
  },
)
