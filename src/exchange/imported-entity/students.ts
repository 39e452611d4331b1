import { optional } from '#/platform/fields.ts'
import { ProgramInput } from '#/catalog/program/index.ts'
import { requirePastDate, Student, studentEntity, StudentInput, studentErrors } from '#/people/student/index.ts'
import type { ImportEntity } from './definition.ts'
import { program, zerosLost } from './references.ts'

export const students: ImportEntity = {
  entity: studentEntity,
  row: Student,
  input: StudentInput.omit({ program_id: true }).extend({ program_code: optional(ProgramInput.shape.code) }),
  key: {
    columns: ['student_number'],
    fields: ['student_number'],
    zeros: zerosLost('student_number', 'student', 'student_number'),
  },
  exchanged: ['email'],
  references: [program],
  defaults: (today) => ({ enrollment_date: today }),
  rule: ({ enrollment_date = '' }: { enrollment_date?: string }, today) => requirePastDate(enrollment_date, today),
  checks: [
    {
      error: studentErrors.STUDENT_ARCHIVED,
      field: 'email',
      when: `import_row.target_id is null and not exists (select 1 from live_student where email = {email})
        and exists (select 1 from student where email = {email} and deleted_at is not null)`,
      params: { id: '(select max(id) from student where email = {email} and deleted_at is not null)' },
    },
  ],
  wholeChecks: [
    {
      error: studentErrors.STUDENT_EMAIL_TAKEN,
      field: 'email',
      when: `exists (select 1 from live_student holder
        where holder.email = {email} and holder.id is not import_row.target_id and not exists (
          select 1 from import_row gives
          where gives.import_id = {import} and gives.key = json_array(holder.student_number) and gives.action = 'update'
            and gives.content ->> '$.email' <> holder.email))`,
    },
  ],
}
