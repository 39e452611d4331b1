export { blocking, blockingAny, holdsInForce } from './queries.ts'
export { errors as holdErrors } from './errors.ts'
