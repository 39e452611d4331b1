/** How D1, or the way to it, fails for a moment. */
export interface Fault {
  name: string
  /** What D1 says then. */
  text: RegExp
  /** Left out: it may be gone by the next attempt. What broke the database by itself would break it again. */
  comesAgain?: true
}

/**
 * The texts of Cloudflare's list (Debug D1, `D1_ERROR`), and what stands in place of an answer when one got lost. None says whether a write
 * took place. D1 puts no values into its errors, so nobody can send one of these texts.
 */
export const faults: readonly Fault[] = [
  { name: 'exhausted', text: /exceeded its (?:memory|CPU time) limit and was reset/, comesAgain: true },
  { name: 'overloaded', text: /is overloaded/ },
  { name: 'reset', text: /caused object to be reset|reset because its code was updated/ },
  { name: 'connection_lost', text: /Network connection lost|client disconnected|transient issue on remote node/ },
  { name: 'answer_lost', text: /Failed to parse body as JSON|internal error; reference = / },
]

/** The fault that an error of D1 tells of, if any. */
export function faultIn(error: unknown): Fault | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const { message } = e
    const fault = faults.find(({ text }) => text.test(message))
    if (fault) return fault
  }
  return undefined
}
