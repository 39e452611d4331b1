import type { ApplicationState } from '#/platform/words.ts'
import { type Persona, persona, type World } from '../../world.ts'

export type { ApplicationState }

/** What leads from one state to the next, and where to. */
export const actions = {
  submit: 'submitted',
  review: 'under_review',
  accept: 'accepted',
  reject: 'rejected',
  waitlist: 'waitlisted',
  withdraw: 'withdrawn',
  matriculate: 'matriculated',
} as const
export type Action = keyof typeof actions

/** The states that may follow each state, in the order in which a refusal names them. */
export const edges: Record<ApplicationState, readonly ApplicationState[]> = {
  draft: ['submitted', 'withdrawn'],
  submitted: ['under_review', 'withdrawn'],
  under_review: ['accepted', 'rejected', 'waitlisted', 'withdrawn'],
  waitlisted: ['accepted', 'rejected', 'withdrawn'],
  accepted: ['matriculated', 'withdrawn'],
  rejected: [],
  matriculated: [],
  withdrawn: [],
}

export const statuses = Object.keys(edges) as ApplicationState[]

/** The shortest way to each state. */
const ways: Record<ApplicationState, readonly Action[]> = {
  draft: [],
  submitted: ['submit'],
  under_review: ['submit', 'review'],
  accepted: ['submit', 'review', 'accept'],
  rejected: ['submit', 'review', 'reject'],
  waitlisted: ['submit', 'review', 'waitlist'],
  matriculated: ['submit', 'review', 'accept', 'matriculate'],
  withdrawn: ['withdraw'],
}

export const applicant = () => persona('student', null, 'Υποψήφιος Ζωής')

interface Wish {
  program_id?: number
  term_id?: number
  [field: string]: unknown
}

/** What an application needs, for a program and a term of its own unless it names them. */
export async function wish(w: World, fields: Wish = {}) {
  return {
    first_name: 'Ιφιγένεια',
    last_name: 'Κομνηνού',
    ...fields,
    program_id: fields.program_id ?? (await w.program()).id,
    term_id: fields.term_id ?? (await w.term()).id,
  }
}

/** An application in a state, reached by the front door; the id. The registry takes every step. */
export async function applied(
  w: World,
  by: Persona,
  { status = 'draft', ...fields }: Wish & { status?: ApplicationState } = {},
): Promise<number> {
  const { data, error } = await w.registrar.post('/applications', {
    user_id: by.userId,
    ...(await wish(w, fields)),
  })
  if (error) throw new Error(`could not apply: ${JSON.stringify(error)}`)
  for (const action of ways[status]) {
    const step = await w.registrar.post(`/applications/${data.id}/${action}`)
    if (step.error) throw new Error(`could not ${action}: ${JSON.stringify(step.error)}`)
  }
  return data.id
}
