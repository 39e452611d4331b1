import type { Jobs } from '#/platform/job/schedule.ts'
import { checkSealCertificate } from './official-document/index.ts'
import { deleteOldFiles, transcriptWork } from './transcript-job/index.ts'

export const often = { 'resume-transcripts': transcriptWork.resume } satisfies Jobs

export const nightly = {
  'delete-old-files': deleteOldFiles,
  'check-seal-certificate': checkSealCertificate,
} satisfies Jobs
