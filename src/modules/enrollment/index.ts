export { enrollStudent } from './enroll-student.ts'
