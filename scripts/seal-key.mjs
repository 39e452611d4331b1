// Keys that sign documents: RSA-3072 with an X.509 chain. Nothing may be imported from node_modules here: `npm start` comes before the install.
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/**
 * A fresh key with a certificate that it signed itself, for ten years. Readers of documents are told that they cannot know the signer
 * until they trust that certificate, or an authority's takes its place.
 * @param {string} kid
 * @param {string} name of the institution
 */
export function makeSealKey(kid, name) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
  const subject = nameOf(name)
  const from = new Date()
  const until = new Date(from)
  until.setUTCFullYear(from.getUTCFullYear() + 10)
  const certified = sequence(
    tagged(0xa0, integer([2])),
    integer([0x40 | (randomBytes(1)[0] & 0x3f), ...randomBytes(15)]),
    sha256WithRsa,
    subject,
    sequence(utcTime(from), utcTime(until)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(keyUsage)),
  )
  const signature = tagged(0x03, Buffer.from([0]), sign('sha256', certified, privateKey))
  const certificate = sequence(certified, sha256WithRsa, signature)
  return { kid, key: pkcs8Of(privateKey), x5c: [certificate.toString('base64')] }
}

/**
 * The same from PEM: a private key, and the chain of an authority with the certificate of the key first.
 * @param {string} kid
 * @param {{ key: string, chain: string }} pem
 */
export function readSealKey(kid, { key, chain }) {
  const certificates = chain.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)
  const x5c = [...certificates].map(([, content]) => content.replaceAll(/\s/g, ''))
  if (x5c.length === 0) throw new Error('There is no certificate in the chain.')
  return { kid, key: pkcs8Of(createPrivateKey(key)), x5c }
}

const pkcs8Of = (privateKey) => privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')

// DER, as far as a certificate needs it (RFC 5280).

/** A value with its tag and length. */
function tagged(tag, ...parts) {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts) => tagged(0x30, ...parts)
const integer = (bytes) => tagged(0x02, Buffer.from(bytes))
const objectId = (hex) => tagged(0x06, Buffer.from(hex, 'hex'))
const sha256WithRsa = sequence(objectId('2a864886f70d01010b'), tagged(0x05))

/** Organization and common name. */
const nameOf = (name) =>
  sequence(
    ...['55040a', '550403'].map((type) => tagged(0x31, sequence(objectId(type), tagged(0x0c, Buffer.from(name))))),
  )

/** For years before 2050, as ten years from now are. */
const utcTime = (date) =>
  tagged(
    0x17,
    Buffer.from(
      `${date
        .toISOString()
        .replaceAll(/[-:T]|\..*/g, '')
        .slice(2)}Z`,
    ),
  )

/** Critical: digital signatures that cannot be denied, and nothing else. */
const keyUsage = sequence(
  objectId('551d0f'),
  tagged(0x01, Buffer.from([0xff])),
  tagged(0x04, tagged(0x03, Buffer.from([6, 0xc0]))),
)
