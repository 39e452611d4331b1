import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { describe, log } from '#/platform/log.ts'
import type { Env } from '#/platform/env.ts'
import { exposition } from '#/platform/metrics/exposition.ts'
import { flush, metricsOf } from '#/platform/metrics/flush.ts'
import { databaseUp, type Gauge } from '#/platform/gauge/gauge.ts'
import { readGauges } from '#/platform/gauge/read-gauges.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** What Prometheus reads. What this isolate has counted is in it; other isolates deliver within ten seconds. Throws SERVICE_UNAVAILABLE. */
export async function readMetrics(ctx: Context, gauges: readonly Gauge[]): Promise<string> {
  const [series, values] = await Promise.all([readSeries(ctx.env), readGauges(ctx, gauges)])
  return exposition(series, [databaseUp, ...gauges], values)
}

async function readSeries(env: Env) {
  await flush(env)
  try {
    return await metricsOf(env).read()
  } catch (error) {
    log('error', 'metrics_not_read', describe(error))
    throw new ApiError(sharedErrors.SERVICE_UNAVAILABLE, {}, { headers: { 'retry-after': '15' } })
  }
}
