import type { Signer } from '@libpdf/core'
import type { Context } from '#/platform/context.ts'
import type { Language } from '#/platform/words.ts'
import { signerOf } from './document-signer.ts'
import { signToken } from './verification-token.ts'

/** One issue of a document: in which language, when, and how anyone can verify it. */
export interface InstitutionSeal {
  language: Language
  issueId: string
  /** ISO 8601 instants; printed as local calendar dates in `timeZone`. */
  issuedAt: string
  expiresAt: string
  /** SHA-256 of what is certified, as canonical JSON, hexadecimal. */
  digest: string
  /** About 150 characters; printed, and in the QR code. */
  verificationUrl: string
  /** IANA name, such as `Europe/Athens`. */
  timeZone: string
  /** Null: the file is not signed. */
  signer: Signer | null
}

interface Issue {
  id: string
  language: Language
  digest: string
  issued_at: string
  expires_at: string
  /** The key that signed its file; null for one from before files were signed. */
  seal_kid: string | null
}

/** The seal of an issue whose genuineness `/<collection>/verify/{token}` tells. The same issue has the same seal each time. */
export async function institutionSeal(
  { settings }: Pick<Context, 'settings'>,
  { id: issueId, language, digest, issued_at: issuedAt, expires_at: expiresAt, seal_kid }: Issue,
  collection: 'transcripts' | 'documents',
): Promise<InstitutionSeal> {
  const token = await signToken(settings.TRANSCRIPT_KEY, { issueId, expiresAt, digest })
  return {
    language,
    issueId,
    issuedAt,
    expiresAt,
    digest,
    verificationUrl: `${settings.PUBLIC_URL}/api/v1/${collection}/verify/${token}`,
    timeZone: settings.INSTITUTION_TIMEZONE,
    signer: await signerOf(settings, seal_kid),
  }
}

/** The name of a document's file: only characters that every header and file system takes. */
export const fileNameOf = (kind: string, studentNumber: string) =>
  `${kind}_${studentNumber.replaceAll(/[^\w.-]/g, '_')}.pdf`
