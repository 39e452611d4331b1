export { type Bytes, concat } from './bytes.ts'
export {
  arrayOf,
  type ChunkKind,
  contentOf,
  countLines,
  type Frame,
  decryptChunk,
  readFrames,
  encryptChunk,
  takeFrom,
} from './chunk.ts'
export { DamagedBackup, MissingBackupKey } from './damage.ts'
export { type Cipher, newHeader, openHeader, readMeta, rewrapHeader, type RingKey } from './header.ts'
export { type Manifest, rowsOf } from './manifest.ts'
export { grown, Reader, type TableProgress } from './reader.ts'
