import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { PageReply } from '#/platform/http/format.ts'
import { tokenPage, type tokenPageQuery } from '#/platform/http/token-page.ts'
import { passwordField } from '#/access/identity/index.ts'

const fields = passwordField('password')

/** Where the mail of an invitation leads. */
export const acceptInvitationPage = (ctx: Context, query: z.output<typeof tokenPageQuery>): PageReply =>
  tokenPage(ctx, query, '/api/v1/auth/invitations/accept', {
    en: {
      title: 'Your account',
      lead: 'You are invited to an account. Choose the password that opens it.',
      fields: fields.en,
      submit: 'Open the account',
      done: 'Your account is open. Sign in with your e-mail and this password.',
    },
    el: {
      title: 'Ο λογαριασμός σας',
      lead: 'Έχετε πρόσκληση για λογαριασμό. Επιλέξτε τον κωδικό που τον ανοίγει.',
      fields: fields.el,
      submit: 'Άνοιγμα λογαριασμού',
      done: 'Ο λογαριασμός σας άνοιξε. Συνδεθείτε με το e-mail σας και αυτόν τον κωδικό.',
    },
  })
