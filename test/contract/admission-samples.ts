import { applicant, applied, type ApplicationState, wish } from '../admission/application/applied.ts'
import type { World } from '../world.ts'
import { crud, type SampleMaker } from './sample-rows.ts'

const made = async (w: World) => {
  const id = await applied(w, await applicant())
  return (await w.registrar.get(`/applications/${id}`)).data as { id: number; version: number; user_id: number }
}

const step =
  (action: string, from: ApplicationState): SampleMaker =>
  async (w) => ({ path: `/applications/${await applied(w, await applicant(), { status: from })}/${action}` })

export const admissionSamples: Record<string, SampleMaker> = {
  ...crud(
    ['Application', 'Applications'],
    '/applications',
    made,
    async (w) => ({ user_id: (await applicant()).userId, ...(await wish(w)) }),
    { statement: 'I like to compute.' },
  ),
  submitApplication: step('submit', 'draft'),
  reviewApplication: step('review', 'submitted'),
  acceptApplication: step('accept', 'under_review'),
  rejectApplication: step('reject', 'waitlisted'),
  waitlistApplication: step('waitlist', 'under_review'),
  withdrawApplication: step('withdraw', 'accepted'),
  matriculateApplicant: step('matriculate', 'accepted'),
}
