import type { Persona } from '../../world.ts'

export type Status = 'pending' | 'approved' | 'rejected' | 'completed' | 'cancelled'
export const statuses = ['pending', 'approved', 'rejected', 'completed', 'cancelled'] as const

/** The requests that lead there from pending. */
const ways: Record<Status, readonly [action: string, body?: object][]> = {
  pending: [],
  approved: [['transition', { status: 'approved' }]],
  rejected: [['transition', { status: 'rejected', notes: 'Not this year' }]],
  completed: [
    ['transition', { status: 'approved' }],
    ['transition', { status: 'completed' }],
  ],
  cancelled: [['cancel']],
}

/** A request of a student in a state, reached by the front door; the id. */
export async function filed(
  by: Persona,
  student_id: number,
  { status = 'pending', ...fields }: { status?: Status; type?: string; language?: string; details?: string } = {},
): Promise<number> {
  const { data, error } = await by.post('/requests', { student_id, type: 'other', ...fields })
  if (error) throw new Error(`could not file: ${JSON.stringify(error)}`)
  for (const [action, body] of ways[status]) {
    const step = await by.post(`/requests/${data.id}/${action}`, body)
    if (step.error) throw new Error(`could not ${action}: ${JSON.stringify(step.error)}`)
  }
  return data.id
}
