import { expect } from 'vitest'
import type { Persona } from '../../world.ts'

export interface Entry {
  id: number
  at: string
  actor_id: number | null
  actor_role: string
  action: string
  entity_type: string
  entity_id: string | null
  success: boolean
  method: string
  path: string
  status: number
  request_id: string
}

/** The entries that an administrator is shown. */
export async function entriesOf(admin: Persona, query = ''): Promise<Entry[]> {
  const answer = await admin.get(`/audit/logs${query}`)
  expect([query, answer.status]).toEqual([query, 200])
  return answer.data.items
}

export const actions = (entries: Entry[]) => entries.map(({ action }) => action)
