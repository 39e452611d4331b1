import type * as z from 'zod'
import { messageOf, type Params, type Phrase } from '#/platform/errors.ts'
import { localeErrors } from '#/platform/validation.ts'
import type { Language } from '#/platform/words.ts'

/** What a cell should hold, in words and by example: who typed it need not know what a schema is. */
const expected = {
  missing: { en: 'A value is needed here, and there is none.', el: 'Εδώ χρειάζεται μια τιμή, και δεν υπάρχει.' },
  number: {
    en: 'A number is needed, without thousands separators: 7.5, or 7,5 where cells are separated by semicolons or tabs.',
    el: 'Χρειάζεται αριθμός, χωρίς διαχωριστικό χιλιάδων: 7.5, ή 7,5 όπου τα κελιά χωρίζονται με ερωτηματικό (;) ή στηλοθέτη.',
  },
  int: { en: 'A whole number is needed, such as 3.', el: 'Χρειάζεται ακέραιος αριθμός, όπως 3.' },
  boolean: { en: 'true or false is needed (or 1 and 0).', el: 'Χρειάζεται true ή false (ή 1 και 0).' },
  date: {
    en: 'A day is written year-month-day: 2007-03-05 is the 5th of March 2007.',
    el: 'Μια ημέρα γράφεται έτος-μήνας-ημέρα: 2007-03-05 είναι η 5η Μαρτίου 2007.',
  },
  datetime: {
    en: 'A moment is written with day, time and offset: 2026-10-01T09:00:00+03:00.',
    el: 'Μια χρονική στιγμή γράφεται με ημέρα, ώρα και απόκλιση: 2026-10-01T09:00:00+03:00.',
  },
  moment: {
    en: 'A day (2026-10-01) or a moment (2026-10-01T09:00:00+03:00) is needed.',
    el: 'Χρειάζεται ημέρα (2026-10-01) ή χρονική στιγμή (2026-10-01T09:00:00+03:00).',
  },
  email: {
    en: 'An e-mail address is needed, such as maria@uni.example.',
    el: 'Χρειάζεται διεύθυνση e-mail, όπως maria@uni.example.',
  },
  word: { en: 'One of these words is needed: {words}.', el: 'Χρειάζεται μία από τις λέξεις: {words}.' },
  longest: { en: 'At most {most} characters fit here.', el: 'Εδώ χωρούν έως {most} χαρακτήρες.' },
  most: { en: 'At most {most} is possible here.', el: 'Εδώ επιτρέπεται έως {most}.' },
  least: { en: 'At least {least} is needed here.', el: 'Εδώ χρειάζεται τουλάχιστον {least}.' },
  steps: {
    en: 'Only multiples of {step} are possible here: fewer decimals are needed.',
    el: 'Εδώ επιτρέπονται μόνο πολλαπλάσια του {step}: χρειάζονται λιγότερα δεκαδικά.',
  },
  unknown: {
    en: 'There is no field of this name. Rename or remove it.',
    el: 'Δεν υπάρχει πεδίο με αυτό το όνομα. Μετονομάστε ή αφαιρέστε το.',
  },
} satisfies Record<string, Phrase>

type Said = [phrase: Phrase, params?: Params]

/** What is wrong with a row, as people read it; what has no words here has those of the API. */
export const rowErrors =
  (language: Language): z.core.$ZodErrorMap =>
  (issue) => {
    const said = sayingOf(issue)
    return said ? messageOf(said[0], said[1] ?? {}, language) : localeErrors[language](issue)
  }

function sayingOf(issue: z.core.$ZodRawIssue): Said | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return [expected.missing]
      return issue.expected in expected ? [expected[issue.expected as 'number']] : undefined
    case 'invalid_format':
      return issue.format in expected ? [expected[issue.format as 'date']] : undefined
    case 'invalid_union':
      return [issue.input === undefined ? expected.missing : expected.moment]
    case 'invalid_value':
      return [expected.word, { words: issue.values.join(', ') }]
    case 'too_big':
      return [issue.origin === 'string' ? expected.longest : expected.most, { most: String(issue.maximum) }]
    case 'too_small':
      return issue.origin === 'string' ? [expected.missing] : [expected.least, { least: String(issue.minimum) }]
    case 'not_multiple_of':
      return [expected.steps, { step: String(issue.divisor) }]
    case 'unrecognized_keys':
      return [expected.unknown]
    default:
      return undefined
  }
}
