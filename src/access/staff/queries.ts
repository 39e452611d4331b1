import { ne } from 'drizzle-orm'
import { user } from '#/access/identity/table.ts'
import { byFlag, byOneOf } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { byName } from '#/platform/database/list/orderings.ts'
import { staffRoles } from './schema.ts'

/** Who may be chosen to teach or to decide: accounts that are no students', active ones unless the query says otherwise. */
export const staffList = list({
  rows: (db) =>
    db
      .select({ id: user.id, full_name: user.full_name, role: user.role, sort_key: user.sort_key })
      .from(user)
      .$dynamic(),
  visible: () => ne(user.role, 'student'),
  id: user.id,
  search: user.search_text,
  texts: [user.id],
  orderings: {
    id: user.id,
    full_name: byName(user.sort_key, { field: 'full_name', column: user.full_name }),
  },
  defaultOrdering: 'full_name',
  filters: {
    role: byOneOf(user.role, staffRoles),
    is_active: { ...byFlag(user.is_active), fallback: true },
  },
})
