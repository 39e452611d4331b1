import { errorsOf } from '#/platform/errors.ts'

/** What documents refuse to print; every operation that draws one declares them. */
export const documentTextErrors = errorsOf({
  LATIN_NAME_NEEDED: {
    status: 409,
    en: 'Documents cannot print the letters of the student’s name. Give it in Latin letters in latin_name, or ask the registry to.',
    el: 'Τα έγγραφα δεν μπορούν να τυπώσουν τα γράμματα του ονόματος του φοιτητή. Δώστε το με λατινικούς χαρακτήρες στο latin_name ή απευθυνθείτε στη γραμματεία.',
  },
  TEXT_NOT_PRINTABLE: {
    status: 409,
    en: 'Documents cannot print {characters} in “{text}”. Change that text, or ask the registry to.',
    el: 'Τα έγγραφα δεν μπορούν να τυπώσουν {characters} στο «{text}». Αλλάξτε το κείμενο ή απευθυνθείτε στη γραμματεία.',
  },
})
