import type { Context } from '../../context.ts'
import { mail } from '../../mail.ts'
import { findAddressee } from './queries.ts'

/** Mails the student that a result was corrected, without the grade; does nothing while a second approval is to come. */
export async function tellStudent(ctx: Context, changeId: number): Promise<void> {
  const told = await findAddressee(ctx, changeId)
  if (told?.status !== 'approved') return
  const { course_code, term_code, ...student } = told
  await ctx.env.MAIL.send(
    mail(ctx.settings, student, {
      en: {
        subject: 'A result was corrected',
        text: `Your result in ${course_code} (${term_code}) was corrected. Sign in to see it and its history. Transcripts issued before are no longer current.`,
      },
      el: {
        subject: 'Διόρθωση αποτελέσματος',
        text: `Το αποτέλεσμά σας στο ${course_code} (${term_code}) διορθώθηκε. Συνδεθείτε για να το δείτε μαζί με το ιστορικό του. Οι αναλυτικές βαθμολογίες που εκδόθηκαν πριν δεν ισχύουν πλέον.`,
      },
    }),
  )
}
