export { tellStudent } from './tell-student.ts'
