import { pageOf } from '#/platform/http/envelope.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { staffList } from './queries.ts'
import { StaffMember } from './schema.ts'

export const staffEndpoint = endpoint({
  id: 'listStaff',
  method: 'get',
  path: '/staff',
  summary: 'List whom a section can have as instructor, by their names',
  permission: 'staff.read',
  query: staffList.query,
  returns: pageOf(StaffMember),
}).handle(({ ctx, query }) => staffList.page(ctx, query))
