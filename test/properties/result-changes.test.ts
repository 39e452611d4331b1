import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { letters } from '#/engines/marks/index.ts'
import { figuresOf } from '#/grading/result/index.ts'
import type { Answer } from '../call.ts'
import { computed, gradedSection, rowOf } from '../grading/graded-section.ts'
import { type Persona, testEnv, type World, world } from '../world.ts'

const kinds = ['publish', 'freeze', 'request', 'approve', 'approve', 'approve', 'reject', 'patch', 'compute'] as const
interface Act {
  kind: (typeof kinds)[number]
  /** Who does it: two admins, a registrar, the teacher. */
  by: number
  percentage: number
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...kinds),
  by: fc.nat(3),
  percentage: fc.constantFrom(0, 47.5, 59.99, 60, 80, 100),
})

const by = (who: number, kind: Act['kind'], percentage = 0): Act => ({ kind, by: who, percentage })

/** Sequences that are tried each time, whatever is drawn. A change that waits is to be approved twice once its result is frozen, by two. */
const frozenMeanwhile = [
  by(0, 'compute'),
  by(0, 'compute'),
  by(3, 'request', 47.5),
  by(2, 'freeze'),
  by(0, 'approve'),
  by(0, 'approve'),
  by(1, 'approve'),
  by(2, 'approve'),
]

/** What is set by hand is computed no more, also where it becomes what was computed. */
const byHand = [
  by(0, 'patch', 0),
  by(0, 'compute'),
  by(0, 'publish'),
  by(3, 'request', 80),
  by(1, 'approve'),
  by(0, 'compute'),
]

/** Somebody approves what another one rejects and a third one freezes; then two ask at once. */
const allAtOnce = [
  [by(3, 'request', 47.5), by(2, 'request', 60)],
  [by(0, 'approve'), by(1, 'reject'), by(2, 'freeze'), by(0, 'approve')],
  [by(3, 'request', 100), by(1, 'request', 59.99)],
  [by(0, 'approve'), by(2, 'approve'), by(0, 'reject')],
]

let w: World
let registry: Persona[]
beforeAll(async () => {
  w = await world()
  registry = [await w.admin(), await w.admin(), w.registrar]
})

async function begun() {
  const section = await gradedSection(w, { marks: [[80]] })
  const [id] = await computed(w, section)
  return { id: id!, section: section.id, people: [...registry, section.teacher] }
}

interface Change {
  id: number
  status: string
  requested_by: number
  approvals_needed: number
  old_percentage: number
  new_percentage: number
  resolved_at: string | null
}

async function changesOf(id: number): Promise<Change[]> {
  const { results } = await testEnv.DB.prepare('select * from result_change where result_id = ? order by id')
    .bind(id)
    .all<Change>()
  return results
}

type Scene = Awaited<ReturnType<typeof begun>>

async function perform({ kind, by, percentage }: Act, { id, section, people }: Scene, change: number): Promise<Answer> {
  const caller = people[by]!
  const { headers } = await w.registrar.get(`/results/${id}`)
  switch (kind) {
    case 'publish':
    case 'freeze':
      return caller.post(`/results/${kind}`, { result_id: id })
    case 'request':
      return caller.post('/results/change-request', {
        result_id: id,
        new_percentage: percentage,
        reason: 'It was drawn so',
      })
    case 'approve':
    case 'reject':
      return caller.post('/results/approve-change', { change_id: change, approved: kind === 'approve' })
    case 'patch':
      return caller.patch(`/results/${id}`, { percentage, reason: 'Drawn' }, { 'if-match': headers.get('etag')! })
    case 'compute':
      return caller.post(`/sections/${section}/results/compute`)
  }
}

interface Model {
  state: 'draft' | 'published' | 'frozen'
  percentage: number
  /** A percentage that was set by hand stays. */
  isByHand: boolean
  pending: { percentage: number; approvers: Set<number> } | null
  /** Who asked for the newest change; null when nobody has. */
  asker: number | null
}

/** What the rules say of an act: the status, and what is so afterwards. */
function expected(model: Model, { kind, by, percentage }: Act): [status: number, next: Model] {
  const { state, pending } = model
  const isTeacher = by === 3
  const refused = (status: number): [number, Model] => [status, model]
  const done = (change: Partial<Model>, status = 200): [number, Model] => [status, { ...model, ...change }]
  if (kind === 'compute') return state === 'draft' && !model.isByHand ? done({ percentage: 80 }) : done({})
  if (kind === 'patch') {
    const isByHand = model.isByHand || percentage !== model.percentage
    if (state === 'draft') return done({ percentage, isByHand })
    return percentage === model.percentage ? done({}) : refused(403)
  }
  if (kind === 'request') {
    if (state === 'draft' || percentage === model.percentage) return refused(400)
    return pending ? refused(409) : done({ asker: by, pending: { percentage, approvers: new Set() } }, 201)
  }
  if (isTeacher) return refused(403)
  if (kind === 'publish') return state === 'draft' ? done({ state: 'published' }) : refused(400)
  if (kind === 'freeze') return state === 'published' ? done({ state: 'frozen' }) : refused(400)
  if (model.asker === by) return refused(403)
  if (!pending) return refused(model.asker === null ? 404 : 400)
  if (kind === 'reject') return done({ pending: null })
  if (pending.approvers.has(by)) return refused(400)
  const approvers = new Set(pending.approvers).add(by)
  if (approvers.size < (state === 'frozen' ? 2 : 1)) return done({ pending: { ...pending, approvers } })
  return done({ percentage: pending.percentage, pending: null })
}

test('no sequence of acts does more to a result than its rules allow', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 18 }), async (acts) => {
      const scene = await begun()
      let model: Model = { state: 'draft', percentage: 80, isByHand: false, pending: null, asker: null }
      for (const one of [...acts.slice(0, 2), { kind: 'publish', by: 0, percentage: 0 } as const, ...acts.slice(2)]) {
        const change = (await changesOf(scene.id)).at(-1)?.id ?? 999_999
        const [status, next] = expected(model, one)
        const answer = await perform(one, scene, change)
        expect([one, answer.status]).toEqual([one, status])
        model = next
        const { data } = await w.registrar.get(`/results/${scene.id}`)
        expect(data).toMatchObject({ state: model.state, ...figuresOf(letters, String(model.percentage)) })
        const waiting = (await changesOf(scene.id)).filter((row) => row.status === 'pending')
        expect(waiting).toHaveLength(model.pending ? 1 : 0)
      }
    }),
    { numRuns: 20, interruptAfterTimeLimit: 60_000, examples: [[frozenMeanwhile], [byHand]] },
  )
}, 120_000)

test('however acts interleave, an official figure changes by approved changes only, one after the other', async () => {
  const rounds = fc.array(fc.array(act, { minLength: 2, maxLength: 6 }), { minLength: 3, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const scene = await begun()
      await w.registrar.post('/results/publish', { result_id: scene.id })
      let state = 'published'
      for (const round of history) {
        const change = (await changesOf(scene.id)).at(-1)?.id ?? 999_999
        const answers = await Promise.all(round.map((one) => perform(one, scene, change)))
        expect(answers.filter(({ status }) => status >= 500)).toEqual([])
        const result = await rowOf<{ state: string; percentage: number }>('select * from result where id = ?', scene.id)
        expect([state, 'frozen']).toContain(result.state)
        state = result.state
        expect(result.percentage).toBe(await lastOf(scene.id))
      }
    }),
    { numRuns: 20, interruptAfterTimeLimit: 60_000, examples: [[allAtOnce]] },
  )
}, 120_000)

/** The figure that the approved changes lead to, each from where the one before it ended, each with the approvals it needs. */
async function lastOf(id: number): Promise<number> {
  const changes = await changesOf(id)
  expect(changes.filter(({ status }) => status === 'pending').length).toBeLessThanOrEqual(1)
  let figure = 8000
  for (const change of changes) {
    expect(change.old_percentage).toBe(figure)
    if (change.status !== 'approved') continue
    const { results } = await testEnv.DB.prepare('select user_id from result_change_approval where change_id = ?')
      .bind(change.id)
      .all<{ user_id: number }>()
    const others = new Set(results.map(({ user_id }) => user_id).filter((user) => user !== change.requested_by))
    expect(others.size).toBe(change.approvals_needed)
    figure = change.new_percentage
  }
  return figure
}
