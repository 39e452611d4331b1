export { flush, flushSoon } from './flush.ts'
export { Metrics } from './metrics.ts'
export { slowestQueries } from './read-metrics.ts'
