import type * as z from 'zod'
import type { Phrase } from '#/platform/errors.ts'
import { saidOf } from './said.ts'

type Issue = z.core.$ZodIssue
type IssueOf<Code extends Issue['code']> = Extract<Issue, { code: Code }>

/** What is wrong with a value: a stable code, and words that are read after the name of its field. Never the value itself. */
export interface Wrong extends Phrase {
  code: string
}

/** Of all issues but those that hold others. The `input` of the issue tells a missing value from a wrong one. */
export function wrongWith(issue: Issue): Wrong {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue)
    case 'too_small':
      return { code: codeOf(issue, { text: 'too_short', list: 'too_few', number: 'too_small' }), ...atLeast(issue) }
    case 'too_big':
      return { code: codeOf(issue, { text: 'too_long', list: 'too_many', number: 'too_big' }), ...atMost(issue) }
    case 'invalid_format':
      return { code: 'invalid_format', ...(saidOf(String(issue.pattern)) ?? formats[issue.format] ?? otherForm) }
    case 'not_multiple_of':
      return { code: 'too_precise', ...ofPrecision(issue.divisor) }
    case 'invalid_value':
      return absent(issue.input) ?? { code: 'not_one_of', ...oneOf(issue.values.map(String)) }
    case 'custom':
      return { code: 'invalid', ...((issue.params as Phrase | undefined) ?? otherForm) }
    default:
      return { code: 'invalid', ...otherForm }
  }
}

export const otherForm: Phrase = { en: 'does not have the expected form', el: 'δεν έχει την αναμενόμενη μορφή' }
export const unknown: Wrong = { code: 'unknown', en: 'is not known here', el: 'δεν είναι γνωστό εδώ' }
export const readOnly: Wrong = {
  code: 'read_only',
  en: 'cannot be changed here: leave it out, or repeat what the row says now',
  el: 'δεν αλλάζει από εδώ: παραλείψτε το ή επαναλάβετε ό,τι λέει τώρα η εγγραφή',
}

const types: Record<string, Phrase> = {
  string: { en: 'must be text', el: 'πρέπει να είναι κείμενο' },
  number: { en: 'must be a number such as 3', el: 'πρέπει να είναι αριθμός όπως 3' },
  int: { en: 'must be a whole number such as 3', el: 'πρέπει να είναι ακέραιος αριθμός όπως 3' },
  boolean: { en: 'must be true or false', el: 'πρέπει να είναι true ή false' },
  array: { en: 'must be a list', el: 'πρέπει να είναι λίστα' },
  object: { en: 'must be an object with fields', el: 'πρέπει να είναι αντικείμενο με πεδία' },
  record: { en: 'must be an object with fields', el: 'πρέπει να είναι αντικείμενο με πεδία' },
}

const ofType = ({ expected, input }: IssueOf<'invalid_type'>): Wrong =>
  absent(input) ?? { code: 'wrong_type', ...(types[expected] ?? otherForm) }

function absent(input: unknown): Wrong | undefined {
  if (input === undefined) return { code: 'required', en: 'is missing', el: 'λείπει' }
  if (input === null) return { code: 'required', en: 'must not be empty', el: 'δεν μπορεί να είναι κενό' }
  return undefined
}

const formats: Record<string, Phrase> = {
  email: { en: 'must be an e-mail such as name@example.org', el: 'πρέπει να είναι e-mail όπως name@example.org' },
  date: { en: 'must be a date such as 2026-03-25', el: 'πρέπει να είναι ημερομηνία όπως 2026-03-25' },
  datetime: {
    en: 'must be a date and time with its offset such as 2026-03-25T09:00:00Z',
    el: 'πρέπει να είναι ημερομηνία και ώρα με ζώνη όπως 2026-03-25T09:00:00Z',
  },
}

type Measured = IssueOf<'too_small' | 'too_big'>
type Kind = 'text' | 'list' | 'number'

const kindOf = ({ origin }: Measured): Kind =>
  origin === 'string' ? 'text' : origin === 'array' || origin === 'set' || origin === 'map' ? 'list' : 'number'
const codeOf = (issue: Measured, codes: Record<Kind, string>) => codes[kindOf(issue)]

function atLeast(issue: IssueOf<'too_small'>): Phrase {
  const least = Number(issue.minimum)
  const bound: Record<Kind, Phrase> = {
    text:
      least === 1
        ? { en: 'must not be empty', el: 'δεν μπορεί να είναι κενό' }
        : { en: `must have at least ${least} characters`, el: `πρέπει να έχει τουλάχιστον ${least} χαρακτήρες` },
    list:
      least === 1
        ? { en: 'must not be empty', el: 'δεν μπορεί να είναι κενό' }
        : { en: `must have at least ${least} entries`, el: `πρέπει να έχει τουλάχιστον ${least} στοιχεία` },
    number: issue.inclusive
      ? { en: `must be at least ${least}`, el: `πρέπει να είναι τουλάχιστον ${least}` }
      : { en: `must be more than ${least}`, el: `πρέπει να είναι πάνω από ${least}` },
  }
  return bound[kindOf(issue)]
}

function atMost(issue: IssueOf<'too_big'>): Phrase {
  const most = Number(issue.maximum)
  const bound: Record<Kind, Phrase> = {
    text: { en: `must have at most ${most} characters`, el: `πρέπει να έχει το πολύ ${most} χαρακτήρες` },
    list: { en: `must have at most ${most} entries`, el: `πρέπει να έχει το πολύ ${most} στοιχεία` },
    number: issue.inclusive
      ? { en: `must be at most ${most}`, el: `πρέπει να είναι το πολύ ${most}` }
      : { en: `must be less than ${most}`, el: `πρέπει να είναι κάτω από ${most}` },
  }
  return bound[kindOf(issue)]
}

function ofPrecision(step: number): Phrase {
  const decimals = Math.round(-Math.log10(step))
  if (10 ** -decimals !== step)
    return { en: `must be a multiple of ${step}`, el: `πρέπει να είναι πολλαπλάσιο του ${step}` }
  return decimals === 1
    ? { en: 'must have at most one decimal, such as 7.5', el: 'πρέπει να έχει το πολύ ένα δεκαδικό, όπως 7.5' }
    : {
        en: `must have at most ${decimals} decimals, such as 7.25`,
        el: `πρέπει να έχει το πολύ ${decimals} δεκαδικά, όπως 7.25`,
      }
}

/** Of a long list the first ones are enough to see what is meant; the reference has all. */
const mostNamed = 20

function oneOf(values: readonly string[]): Phrase {
  const named = values.length > mostNamed ? `${values.slice(0, mostNamed).join(', ')} ...` : values.join(', ')
  return values.length === 1
    ? { en: `must be ${named}`, el: `πρέπει να είναι ${named}` }
    : { en: `must be one of ${named}`, el: `πρέπει να είναι ένα από τα ${named}` }
}
