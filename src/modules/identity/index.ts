export { authenticate } from './authenticate.ts'
export { createUser } from './create-user.ts'
export { forgetOldSessions } from './forget-old-sessions.ts'
export { userEntity } from './queries.ts'
