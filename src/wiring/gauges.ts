import * as enrolling from '#/enrolling/gauges.ts'
import * as operations from '#/operations/gauges.ts'
import * as paperwork from '#/paperwork/gauges.ts'
import * as people from '#/people/gauges.ts'
import type { Gauge } from '#/platform/gauge/gauge.ts'
import { databaseSize } from '#/platform/gauge/database-size.ts'
import * as queue from '#/platform/queue/gauges.ts'

/** How things stand, as Prometheus reads it. Figures that are counted where they happen are in platform/metrics/metrics.ts. */
export const gauges: readonly Gauge[] = [
  ...people.gauges,
  ...enrolling.gauges,
  ...paperwork.gauges,
  databaseSize,
  ...queue.gauges,
  ...operations.gauges,
]
