export { figuresOf, type Tally } from './rules.ts'
export { attendanceEntity } from './queries.ts'
export { requirePastDay } from './rules.ts'
export { Attendance, AttendanceInput } from './schema.ts'
