export { blocking, blockingAny, holdsInForce } from './queries.ts'
