import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { file } from '#/platform/http/format.ts'
import { resource } from '#/platform/http/resource.ts'
import { cancelRequest, decideRequest } from './decide-request.ts'
import { fileRequest } from './file-request.ts'
import { findRequest, requestEntity, requestList } from './queries.ts'
import { readDocument } from './read-document.ts'
import { RequestChanges, RequestInput, RequestTransition, ServiceRequest } from './schema.ts'
import { updateRequest } from './update-request.ts'
import { holdErrors } from '#/enrolling/hold/index.ts'
import { errors } from './errors.ts'
import { documentTextErrors } from '#/paperwork/document-text/index.ts'
import { errors as letterErrors } from '#/paperwork/letter/errors.ts'
import { errors as transcriptErrors } from '#/paperwork/transcript-job/errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const requestEndpoints = [
  ...resource({
    noun: 'request',
    names: ['Request', 'Requests'],
    path: '/requests',
    entity: requestEntity,
    list: requestList,
    row: ServiceRequest,
    input: RequestInput,
    changes: RequestChanges,
    errors: {
      write: [
        studentErrors.STUDENT_NOT_FOUND,
        errors.REQUEST_STUDENT_REQUIRED,
        errors.REQUEST_STUDENT_NOT_FOUND,
        errors.REQUEST_STUDENT_FIXED,
        errors.REQUEST_NOT_PENDING,
      ],
      delete: [errors.REQUEST_NOT_PENDING],
    },
    create: fileRequest,
    update: updateRequest,
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
    errors: [
      errors.REQUEST_NOT_FOUND,
      studentErrors.STUDENT_NOT_FOUND,
      holdErrors.HOLD,
      letterErrors.REQUEST_STUDENT_NOT_ACTIVE,
      documentTextErrors.LATIN_NAME_NEEDED,
      documentTextErrors.TEXT_NOT_PRINTABLE,
      errors.REQUEST_TRANSITION_REFUSED,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
    ],
    reread: findRequest,
  }).handle(({ ctx, params: { id }, body }) => decideRequest(ctx, id, body)),

  endpoint({
    id: 'cancelRequest',
    method: 'post',
    path: '/requests/:id/cancel',
    summary: 'Take back a pending request',
    permission: 'request.cancel',
    params,
    returns: ServiceRequest,
    errors: [
      errors.REQUEST_NOT_FOUND,
      errors.REQUEST_TRANSITION_REFUSED,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
    ],
    reread: findRequest,
  }).handle(({ ctx, params: { id } }) => cancelRequest(ctx, id)),

  endpoint({
    id: 'getRequestDocument',
    method: 'get',
    path: '/requests/:id/document',
    summary: 'The PDF that an approved request came to',
    description: 'A signed letter, or the file of the transcript; other requests yield no document.',
    permission: 'request.read',
    limit: 'heavy',
    params,
    returns: file('application/pdf'),
    errors: [
      errors.REQUEST_NOT_FOUND,
      errors.REQUEST_WITHOUT_DOCUMENT,
      errors.REQUEST_DOCUMENT_NOT_READY,
      transcriptErrors.TRANSCRIPT_NOT_READY,
      letterErrors.LETTER_REVOKED,
      transcriptErrors.TRANSCRIPT_REVOKED,
      transcriptErrors.TRANSCRIPT_FILE_EXPIRED,
      documentTextErrors.LATIN_NAME_NEEDED,
      documentTextErrors.TEXT_NOT_PRINTABLE,
    ],
  }).handle(({ ctx, params: { id } }) => readDocument(ctx, id)),
]
