import canonicalize from 'canonicalize'
import { sha256Hex } from '#/platform/encoding/digest.ts'

/** SHA-256 of what a document certifies, as canonical JSON (RFC 8785), hex. */
export const digestOf = (certified: object) => sha256Hex(canonicalize(certified)!)
