import type { Context } from '#/platform/context.ts'
import { revokeDocument } from '#/paperwork/official-document/index.ts'
import { errors } from './errors.ts'
import { findNamedIssue } from './queries.ts'
import { transcriptIssue } from './table.ts'

/** Withdraws an issued transcript. */
export const revokeTranscript = (ctx: Context, id: string) =>
  revokeDocument(ctx, id, {
    name: 'transcript',
    table: transcriptIssue,
    find: findNamedIssue,
    notFound: errors.TRANSCRIPT_ISSUE_NOT_FOUND,
    alreadyRevoked: errors.TRANSCRIPT_ALREADY_REVOKED,
  })
