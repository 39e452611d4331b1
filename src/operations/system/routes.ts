import type * as z from 'zod'
import { assetOf } from '#/platform/settings/asset.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { asset, type Format, page } from '#/platform/http/format.ts'
import { checkDetails } from './check-details.ts'
import { checkHealth, versionOf } from './check-health.ts'
import { docsPage } from './docs-page.ts'
import { Health, HealthDetails, Live, Welcome } from './schema.ts'

/** 503 only when a critical part is down, so that load balancers and people see the same. */
const reporting = <Report extends { status: string }>(schema: z.ZodType<Report>): Format<Report> => ({
  format: true,
  content: { 'application/json': schema },
  respond: (report) => Response.json(schema.parse(report), { status: report.status === 'unhealthy' ? 503 : 200 }),
})

const healthAt = (id: string, path: `/${string}`, summary: string) =>
  endpoint({
    id,
    method: 'get',
    path,
    root: true,
    summary,
    permission: 'system.read',
    limit: 'public',
    returns: reporting(Health),
  }).handle(({ ctx }) => checkHealth(ctx))

export const systemEndpoints = [
  endpoint({
    id: 'welcome',
    method: 'get',
    path: '/',
    root: true,
    summary: 'What this is, and where to go from here',
    permission: 'system.read',
    limit: 'public',
    returns: Welcome,
  }).handle(async () => ({
    name: 'Lyceum',
    api: '/api/v1',
    reference: '/docs',
    openapi: '/openapi.json',
    health: '/health',
  })),
  healthAt('getHealth', '/health', 'How Lyceum and its parts are'),
  healthAt('getHealthz', '/healthz', 'The same under the name that orchestrators know'),
  healthAt('getReadiness', '/health/ready', 'Whether requests can be served'),
  endpoint({
    id: 'getLiveness',
    method: 'get',
    path: '/health/live',
    root: true,
    summary: 'Whether the worker runs at all; touches nothing else',
    permission: 'system.read',
    limit: 'public',
    returns: reporting(Live),
  }).handle(async ({ ctx }) => ({ status: 'ok' as const, version: versionOf(ctx) })),
  endpoint({
    id: 'getHealthDetails',
    method: 'get',
    path: '/health/details',
    root: true,
    summary: 'The same with latencies, migrations, backup, queue, dead letters and slow queries',
    permission: 'health.read',
    returns: reporting(HealthDetails),
  }).handle(({ ctx }) => checkDetails(ctx)),
  endpoint({
    id: 'getOpenApi',
    method: 'get',
    path: '/openapi.json',
    root: true,
    summary: 'This interface as an OpenAPI 3.1 document',
    permission: 'system.read',
    limit: 'public',
    returns: asset('application/json; charset=utf-8'),
  }).handle(({ ctx }) => assetOf(ctx, '/openapi.json')),
  endpoint({
    id: 'getReference',
    method: 'get',
    path: '/docs',
    root: true,
    summary: 'The reference of this interface, for people',
    permission: 'system.read',
    limit: 'public',
    returns: page,
  }).handle(async ({ ctx }) => docsPage(ctx.newId())),
]
