import { endpoint } from '#/platform/http/endpoint.ts'
import { exposition } from '#/platform/http/format.ts'
import type { Gauge } from '#/platform/gauge/gauge.ts'
import { readMetrics } from './read-metrics.ts'

export const metricsEndpoints = (gauges: readonly Gauge[]) => [
  endpoint({
    id: 'getMetrics',
    method: 'get',
    path: '/metrics',
    root: true,
    summary: 'Figures of operation, as Prometheus scrapes them',
    description: 'Takes the METRICS_TOKEN of the deployment as bearer token; no account opens it.',
    permission: 'metrics.read',
    secret: 'METRICS_TOKEN',
    limit: 'public',
    returns: exposition,
  }).handle(({ ctx }) => readMetrics(ctx, gauges)),
]
