import * as z from 'zod'
import { find, restore, softDelete } from '../../database/entity.ts'
import { pathId } from '../../fields.ts'
import { endpoint } from '../../http/endpoint.ts'
import { resource } from '../../http/resource.ts'
import { cancelRequest, decideRequest } from './decide-request.ts'
import { fileRequest } from './file-request.ts'
import { requestEntity, requestList } from './queries.ts'
import { RequestChanges, RequestInput, RequestTransition, ServiceRequest } from './schema.ts'
import { updateRequest } from './update-request.ts'

const params = z.object({ id: pathId })

export const requestEndpoints = [
  ...resource({
    noun: 'request',
    names: ['Request', 'Requests'],
    path: '/requests',
    row: ServiceRequest,
    query: requestList.query,
    input: RequestInput,
    changes: RequestChanges,
    notFound: 'REQUEST_NOT_FOUND',
    errors: {
      write: [
        'STUDENT_NOT_FOUND',
        'REQUEST_STUDENT_REQUIRED',
        'REQUEST_STUDENT_NOT_FOUND',
        'REQUEST_STUDENT_FIXED',
        'REQUEST_NOT_PENDING',
      ],
      delete: ['REQUEST_NOT_PENDING'],
    },
    list: requestList.page,
    get: (ctx, id) => find(ctx, requestEntity, id),
    create: fileRequest,
    update: updateRequest,
    remove: (ctx, id) => softDelete(ctx, requestEntity, id),
    restore: (ctx, id) => restore(ctx, requestEntity, id),
  }),

  endpoint({
    id: 'decideRequest',
    method: 'post',
    path: '/requests/:id/transition',
    summary: 'Approve, reject or complete a request',
    description:
      'Approving a transcript request orders the transcript; the request completes when the file is ready. A refusal lists the allowed next states in `details.allowed`.',
    permission: 'request.transition',
    params,
    body: RequestTransition,
    returns: ServiceRequest,
    errors: ['REQUEST_NOT_FOUND', 'REQUEST_TRANSITION_REFUSED', 'STALE_STATE', 'PRECONDITION_FAILED'],
    reread: (ctx, id) => find(ctx, requestEntity, id),
  }).handle(({ ctx, params: { id }, body }) => decideRequest(ctx, id, body)),

  endpoint({
    id: 'cancelRequest',
    method: 'post',
    path: '/requests/:id/cancel',
    summary: 'Take back a pending request',
    permission: 'request.cancel',
    params,
    returns: ServiceRequest,
    errors: ['REQUEST_NOT_FOUND', 'REQUEST_TRANSITION_REFUSED', 'STALE_STATE', 'PRECONDITION_FAILED'],
    reread: (ctx, id) => find(ctx, requestEntity, id),
  }).handle(({ ctx, params: { id } }) => cancelRequest(ctx, id)),
]
