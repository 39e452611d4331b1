import { endingSeatsOfLeavers } from '#/enrolling/departure/index.ts'
import { optional } from '#/platform/fields.ts'
import { ProgramInput } from '#/catalog/program/index.ts'
import { requirePastDate, Student, studentEntity, StudentInput, studentErrors } from '#/people/student/index.ts'
import type { ImportEntity } from './definition.ts'
import { program } from './references.ts'

/** A value as it will be: what the file says, else what is there. */
const becoming = (column: string) =>
  `iif(json_type(import_row.content, '$.${column}') is null, (select ${column} from live_student where id = import_row.target_id), {${column}})`
const birth = becoming('date_of_birth')
const enrollment = becoming('enrollment_date')

export const students: ImportEntity = {
  entity: studentEntity,
  row: Student,
  input: StudentInput.omit({ program_id: true }).extend({ program_code: optional(ProgramInput.shape.code) }),
  key: { columns: ['number_key'], fields: ['student_number'] },
  references: [program],
  defaults: (today) => ({ enrollment_date: today }),
  rule: ({ enrollment_date = '' }: { enrollment_date?: string }, today) => requirePastDate(enrollment_date, today),
  beforeUpdates: endingSeatsOfLeavers,
  checks: [
    {
      error: studentErrors.STUDENT_HAS_OPEN_SEATS,
      field: 'status',
      when: `{status} = 'graduated' and exists (select 1 from live_student s join open_seat on open_seat.student_id = s.id
        where s.id = import_row.target_id and s.status <> 'graduated')`,
      params: { count: '(select count(*) from open_seat where student_id = import_row.target_id)' },
    },
    {
      error: studentErrors.STUDENT_EMAIL_TAKEN,
      field: 'email',
      when: 'exists (select 1 from live_student where email = {email} and id is not import_row.target_id)',
    },
    {
      error: studentErrors.STUDENT_ARCHIVED,
      field: 'email',
      when: `import_row.target_id is null and not exists (select 1 from live_student where email = {email})
        and exists (select 1 from student where email = {email} and deleted_at is not null)`,
      params: { id: '(select max(id) from student where email = {email} and deleted_at is not null)' },
    },
    {
      error: studentErrors.NAME_MISSING,
      field: 'last_name',
      when: `coalesce(${becoming('first_name')}, '') = '' and coalesce(${becoming('last_name')}, '') = ''`,
    },
    {
      error: studentErrors.BIRTH_DATE_UNLIKELY,
      field: 'date_of_birth',
      when: `(${birth} < '1900-01-01' or ${birth} > date(${enrollment}, '-12 years'))
        and not exists (select 1 from live_student
          where id = import_row.target_id and date_of_birth is ${birth} and enrollment_date is ${enrollment})`,
    },
  ],
}
