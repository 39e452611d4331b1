import { userTable } from '#/access/identity/table.ts'
import { invitation } from '#/access/invitation/table.ts'
import { subjects as access } from '#/access/subjects.ts'
import { applicationTable } from '#/admission/application/table.ts'
import { subjects as admission } from '#/admission/subjects.ts'
import { subjects as catalog } from '#/catalog/subjects.ts'
import { subjects as enrolling } from '#/enrolling/subjects.ts'
import { subjects as exchange } from '#/exchange/subjects.ts'
import { subjects as grading } from '#/grading/subjects.ts'
import { subjects as operations } from '#/operations/subjects.ts'
import { subjects as paperwork } from '#/paperwork/subjects.ts'
import { studentTable } from '#/people/student/table.ts'
import { subjects as people } from '#/people/subjects.ts'
import { saltOf, type Subject } from '#/platform/personal/subject.ts'
import { subjects as platform } from '#/platform/personal/subjects.ts'

/** Whose data the rows of every table are. */
export const subjects: readonly Subject[] = [
  ...platform,
  ...access,
  ...people,
  ...catalog,
  ...admission,
  ...enrolling,
  ...grading,
  ...paperwork,
  ...exchange,
  ...operations,
]

/** Where the salt of each kind of person stands. */
export const persons = {
  student: saltOf(studentTable),
  account: saltOf(userTable),
  application: saltOf(applicationTable),
  invitation: saltOf(invitation),
}
