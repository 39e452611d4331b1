import { ApiError, type Phrase } from './errors.ts'
import { type Permission, rolesWith } from './policy.ts'
import { sharedErrors } from './shared-errors.ts'

/** Whom to ask, the nearest first. */
const askable: readonly (readonly [role: ReturnType<typeof rolesWith>[number], Phrase])[] = [
  ['registrar', { en: 'a registrar', el: 'στη γραμματεία' }],
  ['admin', { en: 'an administrator', el: 'σε διαχειριστή' }],
  ['faculty', { en: 'a teacher', el: 'σε διδάσκοντα' }],
  ['student', { en: 'a student', el: 'σε φοιτητή' }],
]

/** The refusal of what a role may not do at all. It names those that may. */
export function forbidden(permission: Permission, role: string): ApiError {
  const may = rolesWith(permission)
  const others = askable.filter(([one]) => one !== role && may.includes(one)).map(([, phrase]) => phrase)
  const en = listed(
    others.map((one) => one.en),
    'or',
  )
  const el = listed(
    others.map((one) => one.el),
    'ή',
  )
  const ask = others.length > 0 ? { en: `Ask ${en}.`, el: `Απευθυνθείτε ${el}.` } : ''
  return new ApiError(sharedErrors.HTTP_403, { ask })
}

const listed = (words: readonly string[], or: string) =>
  [...words.slice(0, -2), words.slice(-2).join(` ${or} `)].join(', ')
