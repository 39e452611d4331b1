export { figuresOf, type Tally } from './rules.ts'
export { attendanceEntity } from './queries.ts'
export { requirePastDay } from './rules.ts'
export { AttendanceInput } from './schema.ts'
