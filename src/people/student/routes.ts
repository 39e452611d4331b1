import { find, restore, softDelete } from '#/platform/database/entity.ts'
import { resource } from '#/platform/http/resource.ts'
import { createStudent } from './create-student.ts'
import { studentEntity, studentList } from './queries.ts'
import { Student, StudentChanges, StudentInput } from './schema.ts'
import { updateStudent } from './update-student.ts'
import { errors } from './errors.ts'

export const studentEndpoints = resource({
  noun: 'student',
  names: ['Student', 'Students'],
  path: '/students',
  row: Student,
  query: studentList.query,
  input: StudentInput,
  changes: StudentChanges,
  notFound: errors.STUDENT_NOT_FOUND,
  errors: {
    write: [
      errors.STUDENT_NUMBER_TAKEN,
      errors.STUDENT_EMAIL_TAKEN,
      errors.STUDENT_ARCHIVED,
      errors.STUDENT_PROGRAM_NOT_FOUND,
      errors.PROGRAM_ARCHIVED,
      errors.ENROLLMENT_DATE_IN_FUTURE,
    ],
    delete: [errors.STUDENT_ENROLLED],
  },
  list: studentList.page,
  get: (ctx, id) => find(ctx, studentEntity, id),
  create: createStudent,
  update: updateStudent,
  remove: (ctx, id) => softDelete(ctx, studentEntity, id),
  restore: (ctx, id) => restore(ctx, studentEntity, id),
})
