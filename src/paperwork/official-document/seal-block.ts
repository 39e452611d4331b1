import { beside, ink, linked, measure, qrCode, rule, space, stack, text, type Block } from '#/engines/paper/index.ts'
import type { DocumentTexts } from './document-texts.ts'
import type { InstitutionSeal } from './institution-seal.ts'
import { writtenDay, writtenMoment } from './written.ts'

/** Date of issue, place for signature and seal, and what anyone needs to verify the document. */
export function sealBlock(seal: InstitutionSeal, texts: DocumentTexts, digestLabel: string): Block {
  return stack(space(14), signature(seal, texts), space(16), rule(), space(10), verification(seal, texts, digestLabel))
}

function signature({ issuedAt, language, timeZone }: InstitutionSeal, texts: DocumentTexts): Block {
  const issued = stack(
    space(28),
    text(texts.issuedOn, half, { size: 7, leading: 10, color: ink.muted }),
    text(writtenDay(issuedAt, language, timeZone), half, { size: 9.5, leading: 13 }),
  )
  const signed = stack(
    space(36),
    rule({ width: half, thickness: 0.6, color: ink.text }),
    space(4),
    text(texts.signature, half, { size: 7, leading: 10, color: ink.muted }),
  )
  return beside({ left: 0, block: issued }, { left: measure - half, block: signed })
}

const half = 220

function verification(seal: InstitutionSeal, texts: DocumentTexts, digestLabel: string): Block {
  const width = measure - beforeText
  const small = { size: 7.5, leading: 10.5 }
  const validUntil = writtenMoment(seal.expiresAt, seal.language, seal.timeZone)
  const words = stack(
    text(texts.verification, width, { size: 9, weight: 'bold', leading: 12, color: ink.accent }),
    space(2),
    text(texts.verificationMeaning(validUntil), width, { ...small, color: ink.muted }),
    space(5),
    linked(text(seal.verificationUrl, width, small), width, seal.verificationUrl),
    space(5),
    text(digestLabel, width, { size: 7, leading: 10, color: ink.muted }),
    text(seal.digest, width, { ...small, smallest: 5 }),
  )
  return beside({ left: 0, block: qrCode(seal.verificationUrl, codeSize) }, { left: beforeText, block: words })
}

const codeSize = 92
const beforeText = codeSize + 18
