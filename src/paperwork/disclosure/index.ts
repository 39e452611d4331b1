export { errors as disclosureErrors } from './errors.ts'
export { requireHolder } from './require-holder.ts'
