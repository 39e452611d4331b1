import { fromBase64url, toBase64url } from '#/platform/encoding/base64url.ts'
import { hmacKey } from '#/platform/encoding/derived-key.ts'
import type { Settings } from '#/platform/env.ts'

/** Who is let in to enroll in the sections of which term, until when (epoch ms). */
export interface Admission {
  account: number
  term: number
  until: number
}

type Secret = Pick<Settings, 'TRANSCRIPT_KEY'>
const keyOf = ({ TRANSCRIPT_KEY }: Secret) => hmacKey(TRANSCRIPT_KEY, 'admissions of turnstiles')
const bytesOf = ({ account, term, until }: Admission) => new TextEncoder().encode(`${account} ${term} ${until}`)

/** An admission as it travels: when it is over, and an HMAC over all of it. It says nothing of the account. */
export async function signAdmission(settings: Secret, admission: Admission): Promise<string> {
  const code = await crypto.subtle.sign('HMAC', await keyOf(settings), bytesOf(admission))
  return `${admission.until.toString(36)}.${toBase64url(new Uint8Array(code))}`
}

/** Whether one of these admissions, with commas between, is of this account and term and not over. */
export async function isAdmitted(
  settings: Secret,
  admissions: string,
  { account, term, now }: Omit<Admission, 'until'> & { now: number },
): Promise<boolean> {
  const key = await keyOf(settings)
  for (const one of admissions.split(',', most)) {
    const [, time, code] = form.exec(one.trim()) ?? []
    if (time === undefined || code === undefined) continue
    const until = Number.parseInt(time, 36)
    const claimed = bytesOf({ account, term, until })
    if (now < until && (await crypto.subtle.verify('HMAC', key, fromBase64url(code), claimed))) return true
  }
  return false
}

const form = /^([0-9a-z]{1,10})\.([\w-]{43})$/

/** A basket has few terms: nobody makes us look at more. */
const most = 10
