import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { wholeList } from '#/platform/http/listing/whole-list.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { decideChange } from './decide-change.ts'
import { changeList, changeRules, changeThere, findChange, findHistory } from './queries.ts'
import { requestChange } from './request-change.ts'
import {
  historyOf,
  PastChange,
  RequestedChange,
  ResultChange,
  ResultChangeDecision,
  ResultChangeRequest,
} from './schema.ts'
import { errors } from './errors.ts'
import { errors as resultErrors } from '#/grading/result/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const resultChangeEndpoints = [
  endpoint({
    id: 'requestResultChange',
    method: 'post',
    path: '/results/change-request',
    summary: 'Ask for a change of a published or frozen result',
    description: 'Nothing changes until somebody else has approved it; a frozen result needs two.',
    permission: 'result.propose',
    body: ResultChangeRequest,
    rules: changeRules,
    status: 201,
    returns: RequestedChange,
    errors: [
      resultErrors.RESULT_NOT_FOUND,
      errors.RESULT_STILL_DRAFT,
      resultErrors.RESULT_WITHDRAWN,
      errors.GRADE_NOT_IN_SCHEME,
      errors.RESULT_CHANGE_EMPTY,
      errors.RESULT_CHANGE_PENDING,
      sharedErrors.PRECONDITION_FAILED,
      sharedErrors.STALE_STATE,
    ],
    reread: findChange,
  }).handle(({ ctx, body }) => requestChange(ctx, body)),

  endpoint({
    id: 'decideResultChange',
    method: 'post',
    path: '/results/approve-change',
    summary: 'Approve or reject a change that somebody else asked for',
    description:
      'With the last approval that it needs the result changes, and the transcripts of the student that were issued before are superseded.',
    permission: 'result.approve',
    body: ResultChangeDecision,
    rules: [changeThere],
    returns: ResultChange,
    errors: [
      errors.RESULT_CHANGE_NOT_FOUND,
      errors.RESULT_CHANGE_OWN,
      errors.RESULT_CHANGE_RESOLVED,
      errors.RESULT_CHANGE_NEEDS_ANOTHER,
      sharedErrors.PRECONDITION_FAILED,
      sharedErrors.STALE_STATE,
    ],
    reread: findChange,
  }).handle(({ ctx, body }) => decideChange(ctx, body)),

  endpoint({
    id: 'listResultChanges',
    method: 'get',
    path: '/results/changes',
    summary: 'List changes of results; students see the resolved ones of their own',
    permission: 'result.read',
    query: changeList.query,
    returns: pageOf(ResultChange),
  }).handle(({ ctx, query }) => changeList.page(ctx, query)),

  wholeList({
    id: 'getResultHistory',
    path: '/results/:id/history',
    summary: 'Every change of a result since it was published, oldest first; students see the resolved ones',
    permission: 'result.read',
    params: z.object({ id: pathId }),
    row: PastChange,
    beside: historyOf,
    errors: [resultErrors.RESULT_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findHistory(ctx, id)),
]
