import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  BACKUP_SCHEMA_DIFFERS: {
    status: 409,
    en: 'The backup was made with migrations up to {theirs}, this database has {ours}. Restore it into a new database with npm run backup:restore.',
    el: 'Το αντίγραφο έγινε με μεταβολές σχήματος έως {theirs}, η βάση έχει έως {ours}. Επαναφέρετέ το σε νέα βάση με npm run backup:restore.',
  },
  RESTORE_INTERRUPTED: {
    status: 409,
    en: 'The restore stood still for too long and was given up. Nothing was replaced; start it again.',
    el: 'Η επαναφορά διακόπηκε για πολλή ώρα και εγκαταλείφθηκε. Δεν αντικαταστάθηκε τίποτα· ξεκινήστε την ξανά.',
  },
})

export const constraints = {
  maintenance: sharedErrors.MAINTENANCE,
  maintenance_single: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
