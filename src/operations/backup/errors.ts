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
  BACKUP_UNDER_WAY: {
    status: 409,
    en: 'A backup is being made, verified or restored right now. Try again when it has ended.',
    el: 'Αυτή τη στιγμή δημιουργείται, ελέγχεται ή επαναφέρεται ένα αντίγραφο ασφαλείας. Δοκιμάστε ξανά όταν τελειώσει.',
  },
  BACKUP_NOT_CONFIRMED: {
    status: 400,
    en: 'A restore replaces everything. To go on, send the name of the backup in confirm.',
    el: 'Η επαναφορά αντικαθιστά τα πάντα. Για να συνεχίσετε, στείλτε το όνομα του αντιγράφου στο confirm.',
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
  BACKUP_SCHEMA_DIFFERS: {
    status: 409,
    en: 'The backup was made with migrations up to {theirs}, this database has {ours}. Restore it into a new database with npm run backup:restore.',
    el: 'Το αντίγραφο έγινε με μεταβολές σχήματος έως {theirs}, η βάση έχει έως {ours}. Επαναφέρετέ το σε νέα βάση με npm run backup:restore.',
  },
  BACKUP_SCHEMA_CHANGED: {
    status: 409,
    en: 'A migration was applied while this was going on. Nothing was replaced; start it again.',
    el: 'Στο μεταξύ εφαρμόστηκε μεταβολή σχήματος. Δεν αντικαταστάθηκε τίποτα· ξεκινήστε από την αρχή.',
  },
  BACKUP_GAVE_UP: {
    status: 503,
    en: 'The work failed again and again and was given up. The log says why; start it again.',
    el: 'Η εργασία απέτυχε επανειλημμένα και εγκαταλείφθηκε. Η αιτία είναι στο αρχείο καταγραφής· ξεκινήστε την ξανά.',
  },
  RESTORE_INTERRUPTED: {
    status: 409,
    en: 'The restore stood still for too long and was given up. Nothing was replaced; start it again.',
    el: 'Η επαναφορά διακόπηκε για πολλή ώρα και εγκαταλείφθηκε. Δεν αντικαταστάθηκε τίποτα· ξεκινήστε την ξανά.',
  },
})

export const constraints = {
  backup_run_under_way: errors.BACKUP_UNDER_WAY,
  maintenance: sharedErrors.MAINTENANCE,
  backup_run_task_known: sharedErrors.INTERNAL_SERVER_ERROR,
  backup_run_progress_json: sharedErrors.INTERNAL_SERVER_ERROR,
  backup_run_error_when: sharedErrors.INTERNAL_SERVER_ERROR,
  backup_key_single: sharedErrors.INTERNAL_SERVER_ERROR,
  maintenance_single: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
