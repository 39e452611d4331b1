import { applicationConstraints, applicationErrors } from '#/admission/application/errors.ts'
import { inGreek } from './greek-words.ts'
import { assessmentConstraints, assessmentErrors } from '#/grading/assessment/errors.ts'
import { backupConstraints, backupErrors } from '#/operations/backup/errors.ts'
import { categoryConstraints, categoryErrors } from '#/grading/category/errors.ts'
import { attendanceConstraints, attendanceErrors } from '#/grading/attendance/errors.ts'
import { courseConstraints, courseErrors } from '#/catalog/course/errors.ts'
import { enrollmentConstraints, enrollmentErrors } from '#/enrolling/enrollment/errors.ts'
import { holdConstraints, holdErrors } from '#/enrolling/hold/errors.ts'
import { deadLetterConstraints, deadLetterErrors } from '#/operations/dead-letter/errors.ts'
import { jobConstraints, jobErrors } from '#/operations/job/errors.ts'
import { overrideConstraints, overrideErrors } from '#/enrolling/override/errors.ts'
import { identityConstraints, identityErrors } from '#/access/identity/errors.ts'
import { mailedTokenConstraints, mailedTokenErrors } from '#/access/mailed-token/errors.ts'
import { mfaErrors } from '#/access/second-factor/errors.ts'
import { preferenceConstraints } from '#/access/preference/errors.ts'
import { importConstraints, importErrors } from '#/exchange/import/errors.ts'
import { programConstraints, programErrors } from '#/catalog/program/errors.ts'
import { resultChangeConstraints, resultChangeErrors } from '#/grading/result-change/errors.ts'
import { requestConstraints, requestErrors } from '#/paperwork/request/errors.ts'
import { resultConstraints, resultErrors } from '#/grading/result/errors.ts'
import { savedFilterConstraints, savedFilterErrors } from '#/exchange/saved-filter/errors.ts'
import { schemeConstraints, schemeErrors } from '#/catalog/scheme/errors.ts'
import { sectionConstraints, sectionErrors } from '#/enrolling/section/errors.ts'
import { studentConstraints, studentErrors } from '#/people/student/errors.ts'
import { studentNoteConstraints } from '#/people/student-note/errors.ts'
import { termConstraints, termErrors } from '#/catalog/term/errors.ts'
import { transcriptConstraints, transcriptErrors } from '#/paperwork/transcript/errors.ts'
import { waitlistConstraints, waitlistErrors } from '#/enrolling/waitlist/errors.ts'
import { sharedConstraints, sharedErrors } from './shared-errors.ts'

/** What one code means: its status and its text in both languages. `{name}` is filled from the error's parameters. */
export interface ErrorText {
  status: 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 503
  en: string
  el: string
  /** Seconds after which to try again: `Retry-After`. */
  retryAfter?: number
}

export const catalogue = {
  ...sharedErrors,
  ...identityErrors,
  ...mailedTokenErrors,
  ...mfaErrors,
  ...schemeErrors,
  ...programErrors,
  ...courseErrors,
  ...termErrors,
  ...sectionErrors,
  ...studentErrors,
  ...applicationErrors,
  ...holdErrors,
  ...enrollmentErrors,
  ...waitlistErrors,
  ...overrideErrors,
  ...categoryErrors,
  ...attendanceErrors,
  ...assessmentErrors,
  ...resultErrors,
  ...resultChangeErrors,
  ...transcriptErrors,
  ...requestErrors,
  ...savedFilterErrors,
  ...importErrors,
  ...backupErrors,
  ...jobErrors,
  ...deadLetterErrors,
} satisfies Record<string, ErrorText>

export type ErrorCode = keyof typeof catalogue

/** Constraint name, trigger message or the columns of a unique index -> the error a caller sees. */
export const constraintErrors: Record<string, ErrorCode> = {
  ...sharedConstraints,
  ...identityConstraints,
  ...mailedTokenConstraints,
  ...preferenceConstraints,
  ...schemeConstraints,
  ...programConstraints,
  ...courseConstraints,
  ...termConstraints,
  ...sectionConstraints,
  ...studentConstraints,
  ...studentNoteConstraints,
  ...applicationConstraints,
  ...holdConstraints,
  ...enrollmentConstraints,
  ...waitlistConstraints,
  ...overrideConstraints,
  ...categoryConstraints,
  ...attendanceConstraints,
  ...assessmentConstraints,
  ...resultConstraints,
  ...resultChangeConstraints,
  ...transcriptConstraints,
  ...requestConstraints,
  ...savedFilterConstraints,
  ...importConstraints,
  ...backupConstraints,
  ...jobConstraints,
  ...deadLetterConstraints,
}

/** A phrase that fills a parameter in both languages. */
export type Phrase = Pick<ErrorText, 'en' | 'el'>
export type Params = Record<string, string | number | Phrase | null | undefined>

/** An error meant for the caller. Anything else that is thrown becomes a 500 without details. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly params: Params
  readonly details: unknown
  readonly headers: Record<string, string>

  constructor(
    code: ErrorCode,
    params: Params = {},
    extra: { details?: unknown; headers?: Record<string, string> } = {},
  ) {
    super(code)
    this.code = code
    this.params = params
    this.details = extra.details ?? null
    const { retryAfter } = catalogue[code] as ErrorText
    this.headers = { ...(retryAfter && { 'retry-after': String(retryAfter) }), ...extra.headers }
  }

  get status(): ErrorText['status'] {
    return catalogue[this.code].status
  }
}

/** The text of `code` for people, with its parameters filled in. */
export function messageOf(code: ErrorCode, params: Params, language: 'en' | 'el'): string {
  const text = catalogue[code][language].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    if (typeof value === 'object') return value[language]
    return language === 'el' ? inGreek(name, String(value)) : String(value)
  })
  return text.trimEnd()
}
