export { blocking, blockingAny } from './queries.ts'
