import { endpoint } from '#/platform/http/endpoint.ts'
import { file } from '#/platform/http/format.ts'
import { tokenPath } from '#/paperwork/official-document/schema.ts'
import { errors as jobErrors } from '#/paperwork/transcript-job/errors.ts'
import { errors } from './errors.ts'
import { readLinkedFile } from './read-linked-file.ts'

export const transcriptLinkEndpoints = [
  endpoint({
    id: 'getLinkedTranscript',
    method: 'get',
    path: '/transcripts/files/:token',
    summary: 'The PDF that the link in a mail leads to',
    description:
      'For whoever has the link, until it ends, the transcript is withdrawn or one of its grades is corrected. Both are on record: files that were handed out, and links that were refused.',
    permission: 'transcript.receive',
    limit: 'token',
    params: tokenPath,
    returns: file('application/pdf'),
    errors: [
      errors.TRANSCRIPT_LINK_INVALID,
      errors.TRANSCRIPT_LINK_EXPIRED,
      errors.TRANSCRIPT_SUPERSEDED,
      jobErrors.TRANSCRIPT_REVOKED,
      jobErrors.TRANSCRIPT_FILE_EXPIRED,
    ],
  }).handle(({ ctx, params: { token } }) => readLinkedFile(ctx, token)),
]
