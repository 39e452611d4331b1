import type { computeHash } from 'argon2id'
import simd from 'argon2id/dist/simd.wasm'
import plain from 'argon2id/dist/no-simd.wasm'
import setup from 'argon2id/lib/setup.js'

/** OWASP's second choice for Argon2id: 19 MiB, two passes, one lane. */
const passes = 2
const parallelism = 1
const tagLength = 32

/** A PHC string, so that the parameters may rise while old hashes stay readable. */
export async function hashPassword(password: string, memoryKib: number): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const hash = (await argon2id())({ ...input(password, salt), passes, memorySize: memoryKib })
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`
}

/** Whether a hash that is made now would cost a guesser more than this one. */
export function isOutdated(phc: string, memoryKib: number): boolean {
  const { memory, turns } = parsed(phc)
  return memory < memoryKib || turns < passes
}

/** Whether `password` is the one behind the PHC string. Compares in constant time. No password is shorter than eight characters. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  if (password.length < 8) return false
  const { memory, turns, salt, hash } = parsed(phc)
  const actual = (await argon2id())({ ...input(password, salt), passes: turns, memorySize: memory })
  return crypto.subtle.timingSafeEqual(actual, hash)
}

function parsed(phc: string) {
  const [, memory, turns, salt, hash] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([\w+/]+)\$([\w+/]+)$/.exec(phc) ?? []
  if (!memory || !turns || !salt || !hash) throw new Error('stored password hash has an unknown form')
  return {
    memory: Number(memory),
    turns: Number(turns),
    salt: Uint8Array.fromBase64(salt),
    hash: Uint8Array.fromBase64(hash),
  }
}

const input = (password: string, salt: Uint8Array) => ({
  password: new TextEncoder().encode(password.normalize('NFKC')),
  salt,
  parallelism,
  tagLength,
})

const unpadded = (bytes: Uint8Array) => bytes.toBase64({ omitPadding: true })

let instance: Promise<computeHash> | undefined

/** The WebAssembly instance, made once per isolate: workerd compiles modules at deployment, never at run time. */
function argon2id(): Promise<computeHash> {
  const load = (module: WebAssembly.Module) => async (imports: WebAssembly.Imports) => ({
    instance: await WebAssembly.instantiate(module, imports),
    module,
  })
  instance ??= setup(load(simd), load(plain))
  return instance
}
