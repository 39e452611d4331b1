import type { Context } from '#/platform/context.ts'
import { mail } from '#/platform/mail/mail.ts'
import type { Mailing } from '#/platform/mail/mail-once.ts'
import { signToken, wholeSeconds, writtenMoment } from '#/paperwork/official-document/index.ts'
import { retentionMs } from '#/paperwork/transcript-job/index.ts'
import { findReadyOrder } from './queries.ts'
import { fullName } from '#/platform/text/person-name.ts'

/**
 * A mail with a link to the file of an order, for its address. The link ends when the file does. Nothing without an address, nor of a
 * transcript that is revoked, superseded, gone or over by now.
 */
export async function mailLink(ctx: Context, jobId: string): Promise<Mailing | undefined> {
  const order = await findReadyOrder(ctx.db, jobId)
  if (!order?.email || order.issue.revoked_at || order.issue.superseded_at) return undefined
  const expiresAt = wholeSeconds(Date.parse(order.finished_at!) + retentionMs)
  if (expiresAt <= ctx.now) return undefined
  const { email, language, issue, student } = order
  const { settings } = ctx
  const name = fullName(student)
  const claims = { issueId: issue.id, expiresAt, digest: issue.digest }
  const link = `${settings.PUBLIC_URL}/api/v1/transcripts/files/${await signToken(settings.TRANSCRIPT_KEY, claims, 'file')}`
  const until = writtenMoment(expiresAt, language, settings.INSTITUTION_TIMEZONE)
  return {
    mail: mail(
      settings,
      { email, language },
      {
        en: {
          subject: 'A transcript is ready',
          text: `The transcript of ${student.latin_name ?? name} that was ordered for this address is ready:\n${link}\n\nThe link works until ${until} and needs no account: whoever has it can read the transcript. How to verify it is printed on its last page.`,
        },
        el: {
          subject: 'Αναλυτική βαθμολογία έτοιμη',
          text: `Η αναλυτική βαθμολογία που ζητήθηκε για αυτή τη διεύθυνση (${name}) είναι έτοιμη:\n${link}\n\nΟ σύνδεσμος ισχύει έως ${until} και δεν χρειάζεται λογαριασμό: όποιος τον έχει διαβάζει την αναλυτική βαθμολογία. Ο τρόπος ελέγχου της γνησιότητας αναγράφεται στην τελευταία σελίδα της.`,
        },
      },
    ),
  }
}
