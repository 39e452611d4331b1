import { refusal } from '../../call.ts'
import type { World } from '../../world.ts'

interface Entry {
  id: number
  student_id: number
  position: number
  skipped_reason: { code: string; message: string } | null
}

/** A section whose seats are all taken, with a queue of so many who wait. */
export async function fullSection(
  w: World,
  { seats = 1, waiting = 0, ...fields }: Record<string, unknown> & { seats?: number; waiting?: number } = {},
) {
  const section = await w.section({ capacity: seats, waitlist_capacity: 10, ...fields })
  const seated = []
  for (let i = 0; i < seats; i += 1) seated.push(await w.enroll(section.id, (await w.student()).id))
  const queue: Entry[] = []
  for (let i = 0; i < waiting; i += 1) queue.push(await join(w, section.id, (await w.student()).id))
  const place = { course_id: section['course_id'] as number, term_id: section['term_id'] as number }
  return { id: section.id, ...place, seated, queue }
}

export async function join(w: World, section_id: number, student_id: number): Promise<Entry> {
  const answer = await w.registrar.post(`/sections/${section_id}/waitlist`, { student_id })
  if (answer.status !== 201) throw new Error(`could not join: ${refusal(answer).join(' ')}`)
  return answer.data
}

/** Students who wait, the first in front. */
export async function waitingIn(w: World, section_id: number): Promise<number[]> {
  const { data } = await w.registrar.get(`/sections/${section_id}/waitlist?page_size=200`)
  return data.items.map(({ student_id }) => student_id)
}

export async function enrolledIn(w: World, section_id: number): Promise<number[]> {
  const { data } = await w.registrar.get(`/enrollments?section_id=${section_id}&status=enrolled&page_size=200`)
  return data.items.map(({ student_id }) => student_id)
}

const hold = { kind: 'financial', blocks: ['enrollment'], office: 'Treasury', reason: 'Fees' }

/** Keeps a student from enrolling; answers how to lift it. */
export async function block(w: World, student_id: number) {
  const { data } = await w.registrar.post(`/students/${student_id}/holds`, hold)
  return () => w.registrar.post(`/holds/${data.id}/release`)
}
