import { eq, type SQL } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import { invitation } from './table.ts'

/** An invitation as it is shown: without its hash. */
export const invitationById = (db: Database, id: SQL<number>) =>
  db
    .select({
      id: invitation.id,
      email: invitation.email,
      full_name: invitation.full_name,
      role: invitation.role,
      language: invitation.language,
      expires_at: invitation.expires_at,
      created_at: invitation.created_at,
    })
    .from(invitation)
    .where(eq(invitation.id, id))
