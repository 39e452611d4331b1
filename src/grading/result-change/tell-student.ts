import type { Context } from '#/platform/context.ts'
import type { Mailing } from '#/platform/mail/mail-once.ts'
import { mail } from '#/platform/mail/mail.ts'
import { findAddressee } from './queries.ts'

/** A mail that tells the student that a result was corrected, without the grade; none while a second approval is to come. */
export async function tellStudent(ctx: Context, changeId: number): Promise<Mailing | undefined> {
  const told = await findAddressee(ctx, changeId)
  if (told?.status !== 'approved') return undefined
  const { course_code, term_code, ...student } = told
  return {
    mail: mail(ctx.settings, student, {
      en: {
        subject: 'A result was corrected',
        text: `Your result in ${course_code} (${term_code}) was corrected. Sign in to see it and its history. Transcripts issued before are no longer current.`,
      },
      el: {
        subject: 'Διόρθωση αποτελέσματος',
        text: `Το αποτέλεσμά σας στο ${course_code} (${term_code}) διορθώθηκε. Συνδεθείτε για να το δείτε μαζί με το ιστορικό του. Οι αναλυτικές βαθμολογίες που εκδόθηκαν πριν δεν ισχύουν πλέον.`,
      },
    }),
  }
}
