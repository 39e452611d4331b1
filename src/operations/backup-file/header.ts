import { type Bytes, concat, random, utf8, view } from './bytes.ts'
import { DamagedBackup, MissingBackupKey } from './damage.ts'

export const magic = 'LYCEUMB1'
const lengths = { magic: 8, metaSize: 2, salt: 16, nonce: 12, tag: 16, dataKey: 32 }
const wrappedLength = lengths.nonce + lengths.dataKey + lengths.tag

/** A key of the ring: 32 bytes. */
export interface RingKey {
  kid: string
  key: Bytes
}

/** What a header says in the clear. */
export interface HeaderMeta {
  name: string
  /** When the backup was begun, UTC ISO 8601. */
  created_at: string
  /** The key of the ring that wraps the data key. */
  kid: string
}

/** Begins a backup: a header with a new data key, wrapped by `ringKey`. */
export async function newHeader(meta: Omit<HeaderMeta, 'kid'>, ringKey: RingKey): Promise<Bytes> {
  return wrap({ ...meta, kid: ringKey.kid }, random(lengths.salt), random(lengths.dataKey), ringKey)
}

/** The same backup with its data key under another key of the ring. Nothing behind the header changes. */
export async function rewrapHeader(header: Bytes, ring: readonly RingKey[], ringKey: RingKey): Promise<Bytes> {
  const { meta, salt, dataKey } = await unwrap(header, ring)
  return wrap({ ...meta, kid: ringKey.kid }, salt, dataKey, ringKey)
}

async function wrap({ name, created_at, kid }: HeaderMeta, salt: Bytes, dataKey: Bytes, { key }: RingKey) {
  const meta = utf8(JSON.stringify({ name, created_at, kid }))
  const size = new Uint8Array(lengths.metaSize)
  new DataView(size.buffer).setUint16(0, meta.length)
  const clear = concat([utf8(magic), size, meta, salt])
  const nonce = random(lengths.nonce)
  const wrapped = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: clear },
    await wrappingKey(key),
    dataKey,
  )
  return concat([clear, nonce, new Uint8Array(wrapped)])
}

const wrappingKey = (key: Bytes) => crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** How long the header at the start of `bytes` is; `bytes` hold at least its first 10. Throws DamagedBackup. */
export function headerLength(bytes: Bytes): number {
  if (bytes.length < lengths.magic + lengths.metaSize || new TextDecoder().decode(bytes.subarray(0, 8)) !== magic)
    throw new DamagedBackup('header', 'this is no backup')
  const size = view(bytes).getUint16(lengths.magic)
  return lengths.magic + lengths.metaSize + size + lengths.salt + wrappedLength
}

/** What the header says, not yet authenticated. Throws DamagedBackup. */
export function readMeta(header: Bytes): HeaderMeta {
  if (header.length !== headerLength(header)) throw new DamagedBackup('header', 'its length is wrong')
  const start = lengths.magic + lengths.metaSize
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      header.subarray(start, header.length - lengths.salt - wrappedLength),
    )
    const { name, created_at, kid } = JSON.parse(text) as Record<string, unknown>
    if (typeof name === 'string' && typeof created_at === 'string' && typeof kid === 'string')
      return { name, created_at, kid }
  } catch {
    // Said below.
  }
  throw new DamagedBackup('header', 'it cannot be read')
}

async function unwrap(header: Bytes, ring: readonly RingKey[]) {
  const meta = readMeta(header)
  const ringKey = ring.find(({ kid }) => kid === meta.kid)
  if (!ringKey) throw new MissingBackupKey(meta.kid)
  const end = header.length - wrappedLength
  const dataKey = await crypto.subtle
    .decrypt(
      { name: 'AES-GCM', iv: header.subarray(end, end + lengths.nonce), additionalData: header.subarray(0, end) },
      await wrappingKey(ringKey.key),
      header.subarray(end + lengths.nonce),
    )
    .catch(() => {
      throw new DamagedBackup('header', `it was changed, or the key ${meta.kid} is not the one it was written with`)
    })
  return { meta, salt: header.slice(end - lengths.salt, end), dataKey: new Uint8Array(dataKey) }
}

/** What seals and opens the chunks of one backup. */
export interface Cipher {
  meta: HeaderMeta
  key: CryptoKey
}

/** Opens the header. Throws MissingBackupKey, and DamagedBackup for a header that was changed or a wrong key. */
export async function openHeader(header: Bytes, ring: readonly RingKey[]): Promise<Cipher> {
  const { meta, salt, dataKey } = await unwrap(header, ring)
  const material = await crypto.subtle.importKey('raw', dataKey, 'HKDF', false, ['deriveKey'])
  const info = utf8(`${magic} chunks`)
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt, info }
  const key = await crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  return { meta, key }
}
