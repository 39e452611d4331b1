import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { computeResults } from './compute-results.ts'
import { freezeResults, publishResults } from './publish-results.ts'
import { findResult, resultList, targetRules } from './queries.ts'
import {
  ComputedResults,
  ComputeOptions,
  PublishedResults,
  Result,
  ResultChanges,
  ResultStep,
  ResultTarget,
} from './schema.ts'
import { reasonRule, updateResult } from './update-result.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const resultEndpoints = [
  endpoint({
    id: 'computeResults',
    method: 'post',
    path: '/sections/:id/results/compute',
    summary: 'Make or refresh the draft results of a section from its gradebook',
    description:
      'Drafts whose percentage was set by hand keep it and are named in `kept`; with `overwrite=true` they are computed like the others.',
    permission: 'result.compute',
    params,
    query: ComputeOptions,
    returns: ComputedResults,
    errors: [
      sectionErrors.SECTION_NOT_FOUND,
      errors.NOTHING_TO_COMPUTE,
      errors.RESULT_LOCKED,
      sharedErrors.STALE_STATE,
    ],
  }).handle(({ ctx, params: { id }, query }) => computeResults(ctx, id, query)),

  endpoint({
    id: 'listResults',
    method: 'get',
    path: '/results',
    summary: 'List results; students see what is published of their own',
    permission: 'result.read',
    query: resultList.query,
    returns: pageOf(Result),
  }).handle(({ ctx, query }) => resultList.page(ctx, query)),

  endpoint({
    id: 'getResult',
    method: 'get',
    path: '/results/:id',
    summary: 'Read a result',
    permission: 'result.read',
    params,
    returns: Result,
    errors: [errors.RESULT_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findResult(ctx, id)),

  endpoint({
    id: 'updateResult',
    method: 'patch',
    path: '/results/:id',
    summary: 'Change a draft result by hand',
    description:
      'Needs `If-Match` and a reason. The percentage stays as it is set, whatever happens to the work, until results are computed with `overwrite=true`. A published or frozen result is changed by a change request only.',
    permission: 'result.update',
    params,
    body: ResultChanges,
    rules: [reasonRule],
    changes: { row: Result, read: (ctx, { id }) => findResult(ctx, id) },
    returns: Result,
    errors: [
      errors.RESULT_NOT_FOUND,
      errors.RESULT_LOCKED,
      errors.RESULT_WITHDRAWN,
      sharedErrors.PRECONDITION_REQUIRED,
      sharedErrors.PRECONDITION_FAILED,
      errors.RESULT_REASON_REQUIRED,
      sharedErrors.STALE_STATE,
    ],
  }).handle(({ ctx, params: { id }, body }) => updateResult(ctx, id, body)),

  endpoint({
    id: 'publishResults',
    method: 'post',
    path: '/results/publish',
    summary: 'Publish one result, or all of a section',
    description: 'A draft is published while the work says what it said when the results were computed.',
    permission: 'result.publish',
    body: ResultTarget,
    rules: targetRules,
    returns: PublishedResults,
    errors: [
      errors.RESULT_NOT_FOUND,
      sectionErrors.SECTION_NOT_FOUND,
      errors.NOTHING_TO_COMPUTE,
      errors.RESULTS_INCOMPLETE,
      errors.WEIGHTS_INCOMPLETE,
      errors.RESULTS_OUTDATED,
      errors.RESULT_ALREADY_PUBLISHED,
      errors.RESULT_FROZEN,
      sharedErrors.PRECONDITION_FAILED,
      sharedErrors.STALE_STATE,
    ],
  }).handle(({ ctx, body }) => publishResults(ctx, body)),

  endpoint({
    id: 'freezeResults',
    method: 'post',
    path: '/results/freeze',
    summary: 'Freeze one published result, or all of a section',
    permission: 'result.freeze',
    body: ResultTarget,
    rules: targetRules,
    returns: ResultStep,
    errors: [
      errors.RESULT_NOT_FOUND,
      sectionErrors.SECTION_NOT_FOUND,
      errors.RESULT_NOT_PUBLISHED,
      errors.RESULT_FROZEN,
      sharedErrors.PRECONDITION_FAILED,
      sharedErrors.STALE_STATE,
    ],
  }).handle(({ ctx, body }) => freezeResults(ctx, body)),
]
