import { filePage, verificationPage, type VerificationLook } from '#/paperwork/verification-page/index.ts'
import { fileWords, letterWords } from './page-words.ts'
import type { LetterVerification } from './schema.ts'

const address = '/api/v1/documents/verify'

/** What a person sees after scanning the code of a letter. */
export const letterPage = (verification: LetterVerification, look: VerificationLook, token: string) =>
  verificationPage(verification, look, {
    words: letterWords,
    asking: { record: `${address}/${encodeURIComponent(token)}/record`, file: address },
  })

/** What a person is told of a file. */
export const letterFilePage = (verification: LetterVerification, look: VerificationLook) =>
  filePage(verification, look, fileWords)
