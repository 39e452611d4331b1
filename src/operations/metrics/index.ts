export { flush, flushSoon } from '#/platform/metrics/flush.ts'
export { Metrics } from '#/platform/metrics/metrics-object.ts'
export { slowestQueries } from './read-metrics.ts'
