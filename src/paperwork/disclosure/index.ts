export { errors as disclosureErrors } from './errors.ts'
export { refuseHolder, requireHolder } from './require-holder.ts'
