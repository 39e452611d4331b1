import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  BACKUP_NOT_FOUND: {
    status: 404,
    en: 'There is no backup named {name}. GET /api/v1/backups lists those there are.',
    el: 'Δεν υπάρχει αντίγραφο ασφαλείας με όνομα {name}. Όσα υπάρχουν τα δίνει το GET /api/v1/backups.',
  },
  BACKUP_EXISTS: {
    status: 409,
    en: 'There is already a backup named {name}. Choose another name.',
    el: 'Υπάρχει ήδη αντίγραφο ασφαλείας με όνομα {name}. Επιλέξτε άλλο όνομα.',
  },
  BACKUP_IS_LAST: {
    status: 409,
    en: 'This is the only good backup. Make another one before you delete it.',
    el: 'Αυτό είναι το μόνο ακέραιο αντίγραφο ασφαλείας. Δημιουργήστε άλλο πριν το διαγράψετε.',
  },
  BACKUP_DAMAGED: {
    status: 409,
    en: 'The backup is not as it was written. Use another one.',
    el: 'Το αντίγραφο ασφαλείας έχει αλλοιωθεί. Χρησιμοποιήστε άλλο.',
  },
  BACKUP_KEY_MISSING: {
    status: 409,
    en: 'BACKUP_KEYS does not hold the key {kid}. Add it to the secret and deploy.',
    el: 'Το BACKUP_KEYS δεν περιέχει το κλειδί {kid}. Προσθέστε το στο μυστικό και δημοσιεύστε ξανά.',
  },
  BACKUP_KEY_LAST: {
    status: 409,
    en: 'The current key is the last one of BACKUP_KEYS. Add a new key behind it, deploy, and rotate then.',
    el: 'Το τρέχον κλειδί είναι το τελευταίο του BACKUP_KEYS. Προσθέστε νέο κλειδί μετά από αυτό, δημοσιεύστε και δοκιμάστε ξανά.',
  },
})

export const constraints = {
  backup_key_single: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
