import { applicationConstraints, applicationErrors } from './modules/application/errors.ts'
import { inGreek } from './greek-words.ts'
import { assessmentConstraints, assessmentErrors } from './modules/assessment/errors.ts'
import { backupConstraints, backupErrors } from './modules/backup/errors.ts'
import { categoryConstraints, categoryErrors } from './modules/category/errors.ts'
import { attendanceConstraints, attendanceErrors } from './modules/attendance/errors.ts'
import { courseConstraints, courseErrors } from './modules/course/errors.ts'
import { enrollmentConstraints, enrollmentErrors } from './modules/enrollment/errors.ts'
import { holdConstraints, holdErrors } from './modules/hold/errors.ts'
import { deadLetterConstraints, deadLetterErrors } from './modules/dead-letter/errors.ts'
import { jobConstraints, jobErrors } from './modules/job/errors.ts'
import { overrideConstraints, overrideErrors } from './modules/override/errors.ts'
import { identityConstraints, identityErrors } from './modules/identity/errors.ts'
import { mailedTokenConstraints, mailedTokenErrors } from './modules/mailed-token/errors.ts'
import { mfaErrors } from './modules/mfa/errors.ts'
import { preferenceConstraints } from './modules/preference/errors.ts'
import { importConstraints, importErrors } from './modules/import/errors.ts'
import { programConstraints, programErrors } from './modules/program/errors.ts'
import { resultChangeConstraints, resultChangeErrors } from './modules/result-change/errors.ts'
import { requestConstraints, requestErrors } from './modules/request/errors.ts'
import { resultConstraints, resultErrors } from './modules/result/errors.ts'
import { savedFilterConstraints, savedFilterErrors } from './modules/saved-filter/errors.ts'
import { schemeConstraints, schemeErrors } from './modules/scheme/errors.ts'
import { sectionConstraints, sectionErrors } from './modules/section/errors.ts'
import { studentConstraints, studentErrors } from './modules/student/errors.ts'
import { studentNoteConstraints } from './modules/student-note/errors.ts'
import { termConstraints, termErrors } from './modules/term/errors.ts'
import { transcriptConstraints, transcriptErrors } from './modules/transcript/errors.ts'
import { waitlistConstraints, waitlistErrors } from './modules/waitlist/errors.ts'
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
