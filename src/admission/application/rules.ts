import { ApiError, type Phrase, statesInText } from '#/platform/errors.ts'
import type { ApplicationState } from '#/platform/words.ts'
import { errors, handedInNotes } from './errors.ts'

const next: Record<ApplicationState, readonly ApplicationState[]> = {
  draft: ['submitted', 'withdrawn'],
  submitted: ['under_review', 'withdrawn'],
  under_review: ['accepted', 'rejected', 'waitlisted', 'withdrawn'],
  waitlisted: ['accepted', 'rejected', 'withdrawn'],
  accepted: ['matriculated', 'withdrawn'],
  rejected: [],
  matriculated: [],
  withdrawn: [],
}

/** Throws APPLICATION_TRANSITION_REFUSED, with the states that may follow, unless `wanted` is one of them. */
export function requireStep(status: ApplicationState, wanted: ApplicationState) {
  const allowed = next[status]
  if (allowed.includes(wanted)) return
  throw new ApiError(
    errors.APPLICATION_TRANSITION_REFUSED,
    { status, wanted, allowed: statesInText(allowed) },
    { details: { status, allowed } },
  )
}

/** What was handed in stays as it is. */
export function requireDraft(status: ApplicationState) {
  if (status !== 'draft') throw new ApiError(errors.APPLICATION_NOT_DRAFT, { status, next: changing(status) })
}

function changing(status: ApplicationState): Phrase {
  if (status === 'matriculated') return handedInNotes.matriculated
  return next[status].includes('withdrawn') ? handedInNotes.open : handedInNotes.over
}
