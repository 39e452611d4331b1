import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { PageReply } from '#/platform/http/format.ts'
import { tokenPage, type tokenPageQuery } from '#/platform/http/token-page.ts'
import { passwordField } from '#/access/identity/index.ts'

const fields = passwordField('new_password')

/** Where the mail of a reset leads. */
export const newPasswordPage = (ctx: Context, query: z.output<typeof tokenPageQuery>): PageReply =>
  tokenPage(ctx, query, '/api/v1/auth/password-reset/confirm', {
    en: {
      title: 'A new password',
      lead: 'Choose a new password for your account. You are signed out everywhere.',
      fields: fields.en,
      submit: 'Save the password',
      done: 'Your new password is saved. Sign in with it.',
    },
    el: {
      title: 'Νέος κωδικός πρόσβασης',
      lead: 'Επιλέξτε νέο κωδικό για τον λογαριασμό σας. Θα αποσυνδεθείτε παντού.',
      fields: fields.el,
      submit: 'Αποθήκευση κωδικού',
      done: 'Ο νέος κωδικός αποθηκεύτηκε. Συνδεθείτε με αυτόν.',
    },
  })
