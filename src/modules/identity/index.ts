export { authenticate } from './authenticate.ts'
export { createUser } from './create-user.ts'
export { linkStudent } from './link-student.ts'
export { forgetOldSessions } from './forget-old-sessions.ts'
