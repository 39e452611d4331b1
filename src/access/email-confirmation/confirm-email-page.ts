import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { PageReply } from '#/platform/http/format.ts'
import { tokenPage, type tokenPageQuery } from '#/platform/http/token-page.ts'
import { presentPassword } from '#/access/identity/index.ts'

/** Where the mail that confirms an e-mail leads. A button is pressed, so that no scanner of mails confirms by looking. */
export const confirmEmailPage = (ctx: Context, query: z.output<typeof tokenPageQuery>): PageReply =>
  tokenPage(ctx, query, '/api/v1/auth/email-confirmation/confirm', {
    en: {
      title: 'Confirm your e-mail',
      lead: 'Confirm the address only if you opened the account yourself. Its password shows that nobody else did.',
      fields: presentPassword.en,
      submit: 'This is my address',
      done: 'Your e-mail is confirmed. You may close this page.',
    },
    el: {
      title: 'Επιβεβαίωση e-mail',
      lead: 'Επιβεβαιώστε τη διεύθυνση μόνο αν ανοίξατε εσείς τον λογαριασμό. Ο κωδικός του δείχνει ότι δεν τον άνοιξε άλλος.',
      fields: presentPassword.el,
      submit: 'Η διεύθυνση είναι δική μου',
      done: 'Το e-mail σας επιβεβαιώθηκε. Μπορείτε να κλείσετε τη σελίδα.',
    },
  })
