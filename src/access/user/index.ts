export { createUser } from './create-user.ts'
export { settingPassword } from './set-password.ts'
