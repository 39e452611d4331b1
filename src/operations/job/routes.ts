import * as z from 'zod'
import { endpoint } from '#/platform/http/endpoint.ts'
import { wholeList } from '#/platform/http/listing/whole-list.ts'
import { findJobs } from './queries.ts'
import type { Schedule } from '#/platform/job/schedule.ts'
import { runByHand } from './run-job.ts'
import { Job } from './schema.ts'
import { errors } from './errors.ts'

export const jobEndpoints = (schedule: Schedule) => [
  wholeList({
    id: 'listJobs',
    path: '/jobs',
    summary: 'What runs by the clock: when, how its last run ended, and when it last ended well',
    permission: 'job.read',
    row: Job,
  }).handle(({ ctx }) => findJobs(ctx, schedule)),

  endpoint({
    id: 'runJob',
    method: 'post',
    path: '/jobs/:name/run',
    summary: 'Run a job now, and wait for its end',
    description: 'A run that fails is answered by 200 with `status` `failed`: asking for it was no mistake.',
    permission: 'job.run',
    limit: 'heavy',
    params: z.object({ name: z.string().max(100) }),
    returns: Job,
    errors: [errors.JOB_NOT_FOUND, errors.JOB_UNDER_WAY],
  }).handle(({ ctx, params: { name } }) => runByHand(ctx, schedule, name)),
]
