export { advancingVersion, expectAccount } from './account-version.ts'
export { errors as identityErrors } from './errors.ts'
export { linkStudent } from './link-student.ts'
export { passwordField, presentPassword } from './password-field.ts'
export { hashPassword, isOutdated, verifyPassword } from './password.ts'
export { provingEmail } from './prove-email.ts'
export {
  accountByEmail,
  emailFree,
  accountById,
  type AccountRow,
  findAccount,
  findAccountByEmail,
  findAccountById,
  signInColumns,
  strongPassword,
  userEntity,
  userList,
} from './queries.ts'
export { requireStrongPassword } from './rules.ts'
export { Account, newPassword } from './schema.ts'
export { settingLanguage } from './set-language.ts'
export { totp, userTable } from './table.ts'
