import { subjectOf } from '#/platform/personal/subject.ts'
import { emailConfirmation } from './email-confirmation/table.ts'
import { totp, userTable } from './identity/table.ts'
import { invitation } from './invitation/table.ts'
import { passwordReset } from './password-reset/table.ts'
import { preference } from './preference/table.ts'
import { recoveryCode } from './authenticator/table.ts'
import { session, spentRefresh } from './session/table.ts'

/** Whose data the rows of each table are, and what they tell of the person. */
export const subjects = [
  subjectOf(emailConfirmation, {
    of: null,
    personal: ['email'],
    other: ['id', 'requested_at', 'expires_at', 'token_hash', 'used_at'],
  }),
  subjectOf(totp, {
    of: 'account',
    by: totp.user_id,
    other: ['user_id', 'secret', 'last_step', 'confirmed_at', 'created_at'],
    nouns: ['second_factor'],
  }),
  subjectOf(userTable, {
    of: 'account',
    by: userTable.id,
    personal: ['email', 'full_name', 'search_text', 'sort_key'],
    other: [
      'id',
      'role',
      'tier',
      'language',
      'is_active',
      'student_id',
      'password_hash',
      'version',
      'created_at',
      'updated_at',
      'deleted_at',
      'email_verified_at',
      'known_since',
      'audit_salt',
      'sorted_by',
      'signed_in_at',
      'device_generation',
    ],
    nouns: ['user', 'account'],
  }),
  subjectOf(invitation, {
    of: 'invitation',
    by: invitation.id,
    personal: ['email', 'full_name', 'sort_key'],
    other: [
      'id',
      'role',
      'language',
      'token_hash',
      'expires_at',
      'accepted_at',
      'created_at',
      'invited_by',
      'voided_at',
      'audit_salt',
      'sorted_by',
    ],
  }),
  subjectOf(passwordReset, {
    of: null,
    personal: ['email'],
    other: ['id', 'requested_at', 'expires_at', 'token_hash', 'used_at'],
  }),
  subjectOf(preference, {
    of: 'account',
    by: preference.user_id,
    other: ['user_id', 'mode', 'theme', 'show_tooltips', 'completed_guides', 'version', 'updated_at', 'created_at'],
  }),
  subjectOf(recoveryCode, { of: 'account', other: ['user_id', 'hash', 'used_at'] }),
  subjectOf(session, {
    of: 'account',
    by: session.user_id,
    personal: ['ip', 'user_agent'],
    other: [
      'id',
      'user_id',
      'refresh_hash',
      'created_at',
      'last_used_at',
      'expires_at',
      'revoked_at',
      'verified_at',
      'previous_hash',
      'by_code',
    ],
  }),
  subjectOf(spentRefresh, { of: null, other: ['hash', 'session_id'] }),
]
