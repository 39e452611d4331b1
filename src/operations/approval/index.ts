export { Asked } from './schema.ts'
export { errors as approvalErrors } from './errors.ts'
export { isAsked, refusalsOfActs, twoPersons } from './two-persons.ts'
