export { slowestQueries } from './read-metrics.ts'
