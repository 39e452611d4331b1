export { attendanceEntity } from './queries.ts'
export { requirePastDay } from './rules.ts'
export { AttendanceInput } from './schema.ts'
