import { errorsOf, type Phrase } from '#/platform/errors.ts'

export const errors = errorsOf({
  TURNSTILE_WAIT: {
    status: 429,
    en: 'Many enroll in the term {term_code} now, and students are let in by turns. {standing} Then send the admission that POST /api/v1/terms/{id}/turnstile answers as X-Turnstile.',
    el: 'Πολλοί εγγράφονται τώρα στο εξάμηνο {term_code} και οι φοιτητές περνούν με τη σειρά. {standing} Τότε στείλτε ως X-Turnstile την άδεια εισόδου που δίνει το POST /api/v1/terms/{id}/turnstile.',
  },
})

/** What TURNSTILE_WAIT says of the place. */
export const standings = {
  waiting: {
    en: 'Your place is number {position}; your turn comes in about {seconds} seconds.',
    el: 'Η σειρά σας είναι η {position}η· θα περάσετε σε περίπου {seconds} δευτερόλεπτα.',
  },
  admitted: { en: 'Your turn has come.', el: 'Ήρθε η σειρά σας.' },
} satisfies Record<string, Phrase>
