import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Answer } from '../call.ts'
import { rowOf } from '../grading/graded-section.ts'
import { filed, type Status, statuses } from '../paperwork/request/filed.ts'
import { auditRows, countRows, type Persona, type World, world } from '../world.ts'

type Kind = Status | 'cancel' | 'patch' | 'put' | 'delete' | 'restore'
type Who = 'student' | 'stranger' | 'teacher' | 'registrar'

/** How often each is drawn: what leaves more to do more often than what ends it all. */
const weights: Record<Kind, number> = {
  approved: 4,
  completed: 6,
  rejected: 2,
  pending: 1,
  cancelled: 1,
  cancel: 2,
  patch: 4,
  put: 4,
  delete: 3,
  restore: 6,
}
const kinds = (Object.keys(weights) as Kind[]).flatMap((kind) => Array.from({ length: weights[kind] }, () => kind))

interface Act {
  kind: Kind
  by: Who
  /** What a PUT asks for from then on. */
  type: 'noc' | 'bonafide' | 'other'
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...kinds),
  by: fc.constantFrom('registrar', 'registrar', 'registrar', 'student', 'student', 'stranger', 'teacher'),
  type: fc.constantFrom('noc', 'bonafide', 'other'),
})

let w: World
let people: Record<Who, Persona>
beforeAll(async () => {
  w = await world()
  const [student, stranger] = [await w.studentPersona(), await w.studentPersona()]
  people = { student, stranger, teacher: await w.teacher(), registrar: w.registrar }
})

const isState = (kind: Kind): kind is Status => statuses.some((status) => status === kind)

function perform({ kind, by, type }: Act, n: number, id: number): Promise<Answer> {
  const [caller, path] = [people[by], `/requests/${id}`]
  if (isState(kind)) return caller.post(`${path}/transition`, { status: kind })
  if (kind === 'patch') return caller.patch(path, { details: `Version ${n}` })
  if (kind === 'put') return caller.put(path, { type, details: `Version ${n}` })
  if (kind === 'delete') return caller.delete(path)
  return caller.post(`${path}/${kind}`)
}

interface Model {
  status: Status
  type: string
  details: string | null
  deleted: boolean
  version: number
}

const decisions: Record<Status, readonly Status[]> = {
  pending: ['approved', 'rejected'],
  approved: ['completed'],
  rejected: [],
  completed: [],
  cancelled: [],
}

/** What the rules say of an act: the status of the answer, and what is so afterwards. */
function expected(model: Model, { kind, by, type }: Act, n: number): [status: number, next: Model] {
  const { status, deleted } = model
  const refused = (code: number): [number, Model] => [code, model]
  const done = (changes: Partial<Model>, code = 200): [number, Model] => [
    code,
    { ...model, ...changes, version: model.version + 1 },
  ]
  const ofRegistry = isState(kind) || kind === 'restore'
  if (by === 'teacher' || (by !== 'registrar' && ofRegistry)) return refused(403)
  if (by === 'stranger') return refused(404)
  if (kind === 'restore') return deleted ? done({ deleted: false }) : refused(409)
  if (deleted) return refused(404)
  if (isState(kind)) return decisions[status].includes(kind) ? done({ status: kind }) : refused(409)
  if (status !== 'pending') return refused(409)
  if (kind === 'cancel') return done({ status: 'cancelled' })
  if (kind === 'delete') return done({ deleted: true }, 204)
  return done({ details: `Version ${n}`, ...(kind === 'put' && { type }) })
}

interface Row {
  status: Status
  type: string
  details: string | null
  version: number
  processed_by: number | null
  deleted_at: string | null
}

const rowNow = (id: number) => rowOf<Row>('select * from service_request where id = ?', id)

/** A letter is signed with the approval and never otherwise; who decided is on record from then on. */
async function requireConsequences(id: number, { status, type, processed_by }: Row) {
  const isApproved = status === 'approved' || status === 'completed'
  expect(await countRows(`letter where request_id = ${id}`)).toBe(isApproved && type !== 'other' ? 1 : 0)
  expect(processed_by).toBe(isApproved || status === 'rejected' ? w.registrar.userId : null)
}

const successes = (id: number) =>
  countRows(`audit_log where entity_type = 'request' and entity_id = '${id}' and success`)

test('no sequence of acts leads a request where its rules do not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 24 }), async (acts) => {
      const id = await filed(people.student, people.student.studentId!)
      let model: Model = { status: 'pending', type: 'other', details: null, deleted: false, version: 1 }
      for (const [n, one] of acts.entries()) {
        const [status, next] = expected(model, one, n)
        const answer = await perform(one, n, id)
        expect([one, model.status, answer.status]).toEqual([one, model.status, status])
        model = next
        const row = await rowNow(id)
        const { type, details, version } = row
        expect({ status: row.status, type, details, version, deleted: row.deleted_at !== null }).toEqual(model)
        await requireConsequences(id, row)
        expect(await successes(id)).toBe(model.version)
      }
    }),
    { numRuns: 20, interruptAfterTimeLimit: 60_000 },
  )
}, 120_000)

test('however acts interleave, every step that a request took is an edge', async () => {
  const rounds = fc.array(fc.array(act, { minLength: 2, maxLength: 6 }), { minLength: 3, maxLength: 7 })
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const id = await filed(people.student, people.student.studentId!, { type: 'noc' })
      for (const [n, round] of history.entries()) {
        const answers = await Promise.all(round.map((one) => perform(one, n, id)))
        expect(answers.filter(({ status }) => status >= 500)).toEqual([])
        await requireConsequences(id, await rowNow(id))
      }
      let status: Status = 'pending'
      for (const { changes } of (await auditRows('request', id)).toReversed()) {
        const step = (JSON.parse(changes) as { status?: { old?: Status; new: Status } }).status
        if (!step?.old) continue
        expect(step.old).toBe(status)
        expect([...decisions[status], ...(status === 'pending' ? ['cancelled'] : [])]).toContain(step.new)
        status = step.new
      }
      const row = await rowNow(id)
      expect(row.status).toBe(status)
      expect(await successes(id)).toBe(row.version)
    }),
    { numRuns: 20, interruptAfterTimeLimit: 60_000 },
  )
}, 120_000)
