import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  TERM_NOT_OVER: {
    status: 409,
    en: 'The term {code} lasts until {end_date}. Complete it afterwards, or close it first: POST /api/v1/terms/{id}/close.',
    el: 'Το εξάμηνο {code} διαρκεί έως {end_date}. Ολοκληρώστε το μετά ή κλείστε το πρώτα: POST /api/v1/terms/{id}/close.',
  },
})
