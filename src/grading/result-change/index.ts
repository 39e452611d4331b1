export { approvalNote, changeTexts } from './queries.ts'
export { tellStudent } from './tell-student.ts'
