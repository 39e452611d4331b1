import { filePage, verificationPage, type VerificationLook } from '#/paperwork/verification-page/index.ts'
import { fileWords, transcriptWords } from './page-words.ts'
import type { Verification } from './schema.ts'

const address = '/api/v1/transcripts/verify'

/** What a person sees after scanning the QR code of a transcript. */
export const transcriptPage = (verification: Verification, look: VerificationLook, token: string) =>
  verificationPage(verification, look, {
    words: transcriptWords,
    asking: { record: `${address}/${encodeURIComponent(token)}/record`, file: address },
  })

/** What a person is told of a file. */
export const transcriptFilePage = (verification: Verification, look: VerificationLook) =>
  filePage(verification, look, fileWords)
