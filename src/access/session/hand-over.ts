import type { SignedIn } from '#/access/identity/schema.ts'
import { refreshTokenSeconds } from './session-tokens.ts'

interface Cookie {
  keep: (token: string, seconds: number) => void
}

/** The answer to a sign-in as it travels: where a cookie is wanted, the refresh token goes there and nowhere else. */
export function handOver<Challenge extends object = never>(
  answer: SignedIn | Challenge,
  cookie: Cookie | false,
): Omit<SignedIn, 'refresh_token'> | Challenge {
  if (!cookie || !('refresh_token' in answer)) return answer
  const { refresh_token, ...rest } = answer
  cookie.keep(refresh_token, refreshTokenSeconds)
  return rest
}
