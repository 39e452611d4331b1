import type { Signer } from '@libpdf/core'
import { loadLibrary } from '#/engines/typeface/index.ts'

/** Who signs, and when. */
export interface Signature {
  signer: Signer
  /** Never the clock: the moment of issue. */
  at: Date
}

/**
 * Signs a finished file (PAdES B-B) by an update behind it: what was drawn stays as it is. The same file, key and moment give the same
 * bytes.
 */
export async function signFile(file: Uint8Array, { signer, at }: Signature): Promise<Uint8Array<ArrayBuffer>> {
  const { PDF } = await loadLibrary()
  const pdf = await PDF.load(file)
  const { bytes } = await pdf.sign({
    signer,
    signingTime: at,
    level: 'B-B',
    fieldName: 'Seal',
    estimatedSize: roomFor(signer),
  })
  return new Uint8Array(bytes)
}

/** The certificates travel in the signature; what else is in it has less than two kilobytes. */
const roomFor = ({ certificate, certificateChain = [] }: Signer) =>
  [certificate, ...certificateChain].reduce((size, { length }) => size + length, 2048)
