import { userTable } from '#/access/identity/table.ts'
import { invitation } from '#/access/invitation/table.ts'
import { applicationTable } from '#/admission/application/table.ts'
import { studentTable } from '#/people/student/table.ts'
import { saltOf } from '#/platform/personal/subject.ts'

/** Where the salt of each kind of person stands. */
export const persons = {
  student: saltOf(studentTable),
  account: saltOf(userTable),
  application: saltOf(applicationTable),
  invitation: saltOf(invitation),
}
