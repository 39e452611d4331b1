import * as z from 'zod'

/**
 * A key that signs documents, with the certificates that say whose it is. A ring of them: the first signs, the others draw again what they
 * signed before.
 */
export const sealKey = z
  .object({
    kid: z.string().regex(/^[\w-]{4,64}$/),
    /** PKCS #8, base64. */
    key: z.base64(),
    /** X.509 as DER, base64: that of the key, then those that lead to its root. */
    x5c: z.tuple([z.base64()]).rest(z.base64()),
  })
  .refine(
    ({ key, x5c: [own] }) => belongTogether(hexOf(key), hexOf(own)),
    'not RSA-3072, or not the key of its certificate',
  )

export type SealKey = z.output<typeof sealKey>

const hexOf = (base64: string) => Uint8Array.fromBase64(base64).toHex()

/** PKCS #8 of an RSA key up to its modulus of 3072 bits. */
const rsaKey = /^3082.{4}020100300d06092a864886f70d01010105000482.{4}3082.{4}0201000282018100(?<modulus>.{768})/

/** The certificate of a key holds its modulus. */
function belongTogether(key: string, certificate: string): boolean {
  const modulus = rsaKey.exec(key)?.groups?.['modulus']
  return modulus !== undefined && certificate.includes(modulus)
}
