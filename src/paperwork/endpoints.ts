import type { Chapters } from '#/platform/http/endpoint.ts'
import { letterVerificationEndpoints } from './letter-verification/routes.ts'
import { letterEndpoints } from './letter/routes.ts'
import { recordEndpoints } from './record/routes.ts'
import { requestEndpoints } from './request/routes.ts'
import { transcriptJobEndpoints } from './transcript-job/routes.ts'
import { transcriptLinkEndpoints } from './transcript-link/routes.ts'
import { transcriptVerificationEndpoints } from './transcript-verification/routes.ts'
import { transcriptEndpoints } from './transcript/routes.ts'

export const endpoints: Chapters = {
  Students: recordEndpoints,
  Transcripts: [
    ...transcriptJobEndpoints,
    ...transcriptLinkEndpoints,
    ...transcriptVerificationEndpoints,
    ...transcriptEndpoints,
  ],
  Requests: [...requestEndpoints, ...letterVerificationEndpoints, ...letterEndpoints],
}
