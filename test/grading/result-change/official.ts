import type { Persona, World } from '../../world.ts'
import { computed, type GradedSection, gradedSection, published } from '../graded-section.ts'

export type State = 'draft' | 'published' | 'frozen'
export const reason = 'A page was not marked'

export interface Official {
  section: GradedSection
  student: number
  id: number
}

/** A result of 80, B+, in the given state. */
export async function resultIn(w: World, state: State, course: object = {}): Promise<Official> {
  const section = await gradedSection(w, { marks: [[80]], course })
  const [id] = await (state === 'draft' ? computed : published)(w, section)
  if (state === 'frozen') await w.registrar.post('/results/freeze', { result_id: id })
  return { section, student: section.students[0]!, id: id! }
}

export const request = (caller: Persona, result_id: number, body: object = { new_percentage: 90.5 }) =>
  caller.post('/results/change-request', { result_id, reason, ...body })

export const decide = (caller: Persona, change_id: number, approved = true, note?: string) =>
  caller.post('/results/approve-change', { change_id, approved, ...(note && { note }) })

/** A pending change to 90.5, A+, that the teacher asked for. */
export async function pendingOn(w: World, state: 'published' | 'frozen') {
  const official = await resultIn(w, state)
  const { data, error } = await request(official.section.teacher, official.id)
  if (error) throw new Error(`could not ask for a change: ${JSON.stringify(error)}`)
  return { ...official, change: data.id as number }
}

/** What the result says, without its bookkeeping. */
export async function figuresOf(w: World, id: number) {
  const { percentage, letter, points, value, outcome, state } = (await w.registrar.get(`/results/${id}`)).data
  return { percentage, letter, points, value, outcome, state }
}

export const before = { percentage: 80, letter: 'B+', points: 3.2, value: 80, outcome: 'pass' }
export const after = { percentage: 90.5, letter: 'A+', points: 3.62, value: 90.5, outcome: 'pass' }
