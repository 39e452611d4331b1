import * as z from 'zod'
import { instant, opaqueId } from '#/platform/fields.ts'
import { languages } from '#/platform/words.ts'

/** The id of an issue, as it is printed on the document. */
export const issueId = opaqueId

export const documentLanguage = z.enum(languages)

/** The language of a document or page that is asked for in the address. */
export const languageQuery = z.strictObject({
  language: documentLanguage.optional().meta({ description: 'Default: the language of Accept-Language.' }),
})

export const tokenPath = z.object({ token: z.string().min(1).max(200) })

/** What the verification of any official document tells. */
export const verified = {
  institution: z.object({ en: z.string(), el: z.string() }),
  holder: z
    .object({
      initials: z.string(),
      student_number: z.string().meta({ description: 'Masked: as many asterisks as it has characters.' }),
    })
    .nullable(),
  issued_at: instant.nullable(),
  expires_at: instant.nullable(),
}

/** A file that is given to be checked: its bytes, which nothing keeps. */
export const pdfBytes = z.instanceof(Uint8Array<ArrayBuffer>).meta({ override: { type: 'string', format: 'binary' } })
export const pdfLimit = 5 * 1024 * 1024
