import { resource } from '#/platform/http/resource.ts'
import { createStudent } from './create-student.ts'
import { studentEntity, studentList } from './queries.ts'
import { ChangedStudent, CreatedStudent, Student, StudentChanges, StudentInput } from './schema.ts'
import { updateStudent } from './update-student.ts'
import { errors } from './errors.ts'

export const studentEndpoints = resource({
  noun: 'student',
  names: ['Student', 'Students'],
  path: '/students',
  entity: studentEntity,
  list: studentList,
  row: Student,
  created: CreatedStudent,
  input: StudentInput,
  changes: StudentChanges,
  changed: ChangedStudent,
  errors: {
    write: [
      errors.STUDENT_NUMBER_TAKEN,
      errors.STUDENT_EMAIL_TAKEN,
      errors.STUDENT_ARCHIVED,
      errors.STUDENT_PROGRAM_NOT_FOUND,
      errors.PROGRAM_ARCHIVED,
      errors.ENROLLMENT_DATE_IN_FUTURE,
      errors.STUDENT_HAS_OPEN_SEATS,
      errors.NAME_MISSING,
      errors.BIRTH_DATE_UNLIKELY,
    ],
    delete: [errors.STUDENT_HAS_RESULTS, errors.STUDENT_ENROLLED],
  },
  create: createStudent,
  update: updateStudent,
})
