import * as transcript from './transcript/errors.ts'
import * as transcriptJob from './transcript-job/errors.ts'
import * as transcriptLink from './transcript-link/errors.ts'
import * as request from './request/errors.ts'
import * as letter from './letter/errors.ts'
import { documentTextErrors } from './document-text/errors.ts'
import * as disclosure from './disclosure/errors.ts'
import * as transcriptVerification from './transcript-verification/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = {
  ...transcriptJob.errors,
  ...transcriptLink.errors,
  ...transcript.errors,
  ...request.errors,
  ...letter.errors,
  ...documentTextErrors,
  ...disclosure.errors,
  ...transcriptVerification.errors,
}
export const constraints = {
  ...transcriptJob.constraints,
  ...transcript.constraints,
  ...request.constraints,
  ...letter.constraints,
}
