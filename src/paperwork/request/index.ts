export { requestEntity } from './queries.ts'
