import { accountName, accountSearch } from '#/access/identity/table.ts'
import { and, eq, gt, isNull, type SQL } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { byId, byInstant, byOneOf, byPresence, bySet, byText } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { byName } from '#/platform/database/list/orderings.ts'
import { searchable } from '#/platform/text/search.ts'
import { accountRoles } from '#/platform/words.ts'
import { invitation } from './table.ts'

/** What the derived columns are made of. */
export const invitee = {
  table: invitation,
  findable: ({ full_name }: { full_name: string }) => [full_name],
  named: ['full_name'],
}

const inviter = accountName(invitation.invited_by)

/** An invitation as it is shown: without its hash. */
const fields = {
  id: invitation.id,
  email: invitation.email,
  full_name: invitation.full_name,
  role: invitation.role,
  language: invitation.language,
  invited_by: invitation.invited_by,
  invited_by_name: inviter.as('invited_by_name'),
  expires_at: invitation.expires_at,
  accepted_at: invitation.accepted_at,
  voided_at: invitation.voided_at,
  created_at: invitation.created_at,
}

const rows = (db: Database) => db.select(fields).from(invitation).$dynamic()

export const invitationById = (db: Database, id: number | SQL<number>) => rows(db).where(eq(invitation.id, id))

export const invitationList = list({
  rows: (db) =>
    db
      .select({ ...fields, sort_key: invitation.sort_key })
      .from(invitation)
      .$dynamic(),
  id: invitation.id,
  search: searchable(invitation.search_text, accountSearch(invitation.invited_by)),
  texts: [invitation.id, invitation.email, invitation.full_name, invitation.role, inviter],
  orderings: {
    id: invitation.id,
    email: invitation.email,
    full_name: byName(invitation.sort_key, { field: 'full_name', column: invitation.full_name }),
    role: invitation.role,
    created_at: invitation.created_at,
    expires_at: invitation.expires_at,
  },
  defaultOrdering: '-created_at',
  filters: {
    email: byText(invitation.email),
    role: byOneOf(invitation.role, accountRoles),
    invited_by: byId(invitation.invited_by),
    accepted: bySet(invitation.accepted_at),
    voided: byPresence(invitation.voided_at, false),
    expires_at: byInstant(invitation.expires_at),
    created_at: byInstant(invitation.created_at),
  },
})

/** That it can still be accepted. */
export const isOpen = (ctx: Context) =>
  and(isNull(invitation.accepted_at), isNull(invitation.voided_at), gt(invitation.expires_at, ctx.now))
