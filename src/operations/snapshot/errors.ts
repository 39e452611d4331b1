import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  BACKUP_SCHEMA_CHANGED: {
    status: 409,
    en: 'A migration was applied while this was going on. Nothing was replaced; start it again.',
    el: 'Στο μεταξύ εφαρμόστηκε μεταβολή σχήματος. Δεν αντικαταστάθηκε τίποτα· ξεκινήστε από την αρχή.',
  },
})
