import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Answer } from '../call.ts'
import {
  type Action,
  actions,
  applicant,
  edges,
  type ApplicationState,
  wish,
} from '../admission/application/applied.ts'
import { rowOf } from '../grading/graded-section.ts'
import { auditRows, countRows, type Persona, type World, world } from '../world.ts'

type Kind = Action | 'patch' | 'put' | 'delete' | 'restore'

/** How often each is drawn: what leads further more often than what ends it all. */
const weights: Record<Kind, number> = {
  submit: 4,
  review: 8,
  accept: 6,
  waitlist: 4,
  reject: 1,
  withdraw: 1,
  matriculate: 8,
  patch: 2,
  put: 2,
  delete: 1,
  restore: 3,
}
const kinds = (Object.keys(weights) as Kind[]).flatMap((kind) => Array.from({ length: weights[kind] }, () => kind))

interface Act {
  kind: Kind
  /** Who does it: the applicant, another one, the registry. */
  by: 'applicant' | 'stranger' | 'registrar'
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...kinds),
  by: fc.constantFrom('registrar', 'registrar', 'registrar', 'registrar', 'applicant', 'stranger'),
})

let w: World
let stranger: Persona
/** What everybody applies for: no student of its year has a number yet. */
let place: { program_id: number; term_id: number }
beforeAll(async () => {
  w = await world()
  stranger = await applicant()
  const term = await w.term({ start_date: '2101-10-01', end_date: '2102-02-15' })
  place = { program_id: (await w.program()).id, term_id: term.id }
})

async function begun() {
  const me = await applicant()
  const body = await wish(w, place)
  const { data } = await me.post('/applications', body)
  return { id: data.id as number, body, people: { applicant: me, stranger, registrar: w.registrar } }
}

type Scene = Awaited<ReturnType<typeof begun>>

function perform({ kind, by }: Act, n: number, { id, body, people }: Scene): Promise<Answer> {
  const [caller, path] = [people[by], `/applications/${id}`]
  if (kind === 'patch') return caller.patch(path, { statement: `Version ${n}` })
  if (kind === 'put') return caller.put(path, { ...body, statement: `Version ${n}` })
  if (kind === 'delete') return caller.delete(path)
  return caller.post(`${path}/${kind}`)
}

interface Model {
  status: ApplicationState
  deleted: boolean
  statement: string | null
}

const ofRegistry = ['review', 'accept', 'reject', 'waitlist', 'matriculate', 'restore']

/** What the rules say of an act: the status, and what is so afterwards. */
function expected(model: Model, { kind, by }: Act, n: number): [status: number, next: Model] {
  const { status, deleted } = model
  const refused = (code: number): [number, Model] => [code, model]
  if (by !== 'registrar' && ofRegistry.includes(kind)) return refused(403)
  if (by === 'stranger') return refused(404)
  if (kind === 'restore') return deleted ? [200, { ...model, deleted: false }] : refused(409)
  if (deleted) return refused(404)
  if (kind === 'patch' || kind === 'put')
    return status === 'draft' ? [200, { ...model, statement: `Version ${n}` }] : refused(409)
  if (kind === 'delete') return status === 'draft' ? [204, { ...model, deleted: true }] : refused(409)
  return edges[status].includes(actions[kind]) ? [200, { ...model, status: actions[kind] }] : refused(409)
}

interface Row {
  user_id: number
  status: ApplicationState
  statement: string | null
  student_id: number | null
  deleted_at: string | null
}

const rowNow = (id: number) => rowOf<Row>('select * from application where id = ?', id)

/** Who is matriculated has the one student of the account, everybody else has none. */
async function requireStudent({ user_id, status, student_id }: Row) {
  const account = await rowOf<{ student_id: number | null; email: string }>('select * from user where id = ?', user_id)
  expect(student_id !== null).toBe(status === 'matriculated')
  expect(account.student_id).toBe(student_id)
  expect(await countRows(`live_student where email = '${account.email}'`)).toBe(student_id === null ? 0 : 1)
}

/** The numbers of the year are 1, 2, 3 ... without a gap, as many as were matriculated. */
async function requireNumbers() {
  const { items } = (await w.registrar.get('/students?student_number__contains=2101-&page_size=200')).data
  const numbers = items.map(({ student_number }: { student_number: string }) => student_number).toSorted()
  expect(numbers).toEqual(items.map((_: unknown, i: number) => `2101-${String(i + 1).padStart(5, '0')}`))
  expect(numbers).toHaveLength(await countRows(`application where status = 'matriculated'`))
}

test('no sequence of acts leads an application where its rules do not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 24 }), async (acts) => {
      const scene = await begun()
      let model: Model = { status: 'draft', deleted: false, statement: null }
      for (const [n, one] of [
        ...acts.slice(0, 3),
        { kind: 'submit', by: 'applicant' } as const,
        ...acts.slice(3),
      ].entries()) {
        const [status, next] = expected(model, one, n)
        const answer = await perform(one, n, scene)
        expect([one, model.status, answer.status]).toEqual([one, model.status, status])
        model = next
        const row = await rowNow(scene.id)
        expect({ status: row.status, statement: row.statement, deleted: row.deleted_at !== null }).toEqual(model)
        await requireStudent(row)
      }
      await requireNumbers()
    }),
    { numRuns: 25, interruptAfterTimeLimit: 60_000 },
  )
}, 120_000)

test('however acts interleave, every step that an application took is an edge', async () => {
  const rounds = fc.array(fc.array(act, { minLength: 2, maxLength: 6 }), { minLength: 3, maxLength: 7 })
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const scene = await begun()
      for (const [n, round] of history.entries()) {
        const answers = await Promise.all(round.map((one) => perform(one, n, scene)))
        expect(answers.filter(({ status }) => status >= 500)).toEqual([])
        await requireStudent(await rowNow(scene.id))
      }
      let status: ApplicationState = 'draft'
      for (const { changes } of (await auditRows('application', scene.id)).toReversed()) {
        const step = (JSON.parse(changes) as { status?: { old?: ApplicationState; new: ApplicationState } }).status
        if (!step?.old) continue
        expect(step.old).toBe(status)
        expect(edges[status]).toContain(step.new)
        status = step.new
      }
      expect((await rowNow(scene.id)).status).toBe(status)
      await requireNumbers()
    }),
    { numRuns: 25, interruptAfterTimeLimit: 60_000 },
  )
}, 120_000)
