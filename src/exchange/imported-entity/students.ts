import { endingSeatsOfLeavers } from '#/enrolling/departure/index.ts'
import { optional } from '#/platform/fields.ts'
import { ProgramInput } from '#/catalog/program/index.ts'
import { requirePastDate, Student, studentEntity, StudentInput, studentErrors } from '#/people/student/index.ts'
import type { Check, ImportEntity } from './definition.ts'
import { asItWillBe, isGiven, program, zerosLost } from './references.ts'

const becoming = (column: string) => asItWillBe(column, 'student')
const birth = becoming('date_of_birth')
/** A new row that does not say when is of the day of the import. */
const enrollment = asItWillBe(
  'enrollment_date',
  'student',
  '(select date(created_at) from import_job where id = {import})',
)

/** The field that the file gives is blamed: the birth date, else the day of enrollment. */
const unlikelyBirth = (field: string, given: string): Check => ({
  error: studentErrors.BIRTH_DATE_UNLIKELY,
  field,
  fields: ['date_of_birth', 'enrollment_date'],
  when: `${given}
    and (${birth} < '1900-01-01' or ${birth} > date(${enrollment}, '-12 years'))
    and not exists (select 1 from live_student
      where id = import_row.target_id and date_of_birth is ${birth} and enrollment_date is ${enrollment})`,
})

export const students: ImportEntity = {
  entity: studentEntity,
  row: Student,
  input: StudentInput.omit({ program_id: true }).extend({ program_code: optional(ProgramInput.shape.code) }),
  key: {
    columns: ['number_key'],
    fields: ['student_number'],
    zeros: zerosLost('student_number', 'student', 'student_number'),
  },
  exchanged: ['email'],
  references: [program],
  defaults: (today) => ({ enrollment_date: today }),
  rules: [{ field: 'enrollment_date', require: requirePastDate }],
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
    // What a line says by itself, whosever row it is.
    {
      error: studentErrors.NAME_MISSING,
      field: 'last_name',
      fields: ['first_name', 'last_name'],
      when: `${isGiven('first_name')} and ${isGiven('last_name')} and coalesce({first_name}, '') = '' and coalesce({last_name}, '') = ''`,
    },
    {
      error: studentErrors.BIRTH_DATE_UNLIKELY,
      field: 'date_of_birth',
      fields: ['date_of_birth'],
      when: `{date_of_birth} < '1900-01-01'
        and {date_of_birth} is not (select date_of_birth from live_student where id = import_row.target_id)`,
    },
    unlikelyBirth('date_of_birth', isGiven('date_of_birth')),
    unlikelyBirth('enrollment_date', `not ${isGiven('date_of_birth')}`),
    {
      error: studentErrors.PROGRAM_ARCHIVED,
      field: 'program_code',
      when: `exists (select 1 from live_program where id = {program_id} and archived_at is not null)
        and {program_id} is not (select program_id from live_student where id = import_row.target_id)`,
    },
  ],
  wholeChecks: [
    {
      error: studentErrors.STUDENT_EMAIL_TAKEN,
      field: 'email',
      when: `exists (select 1 from live_student holder
        where holder.email = {email} and holder.id is not import_row.target_id and not exists (
          select 1 from import_row gives indexed by import_row_key
          where gives.import_id = {import} and gives.key = json_array(holder.number_key) and gives.target_id = holder.id and gives.action = 'update'
            and gives.content ->> '$.email' <> holder.email))`,
    },
  ],
}
