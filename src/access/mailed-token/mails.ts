import type { Settings } from '#/platform/env.ts'
import { type Addressee, mail } from '#/platform/mail/mail.ts'

/** With the token for a new password. */
export const resetMail = (settings: Settings, to: Addressee, token: string) =>
  mail(settings, to, {
    en: {
      subject: 'A new password',
      text: `Somebody, probably you, asked for a new password. Enter this token where you asked for it, within 30 minutes:\n\n${token}\n\nIf it was not you, do nothing: your password stays as it is.`,
    },
    el: {
      subject: 'Νέος κωδικός πρόσβασης',
      text: `Κάποιος, πιθανότατα εσείς, ζήτησε νέο κωδικό πρόσβασης. Δώστε αυτό το διακριτικό εκεί όπου τον ζητήσατε, μέσα σε 30 λεπτά:\n\n${token}\n\nΑν δεν ήσασταν εσείς, μην κάνετε τίποτα: ο κωδικός σας μένει όπως είναι.`,
    },
  })

/** With the token that opens the account. */
export const invitationMail = (settings: Settings, to: Addressee, token: string) =>
  mail(settings, to, {
    en: {
      subject: 'Your account',
      text: `You are invited to an account. Choose a password within seven days with this token:\n\n${token}`,
    },
    el: {
      subject: 'Ο λογαριασμός σας',
      text: `Έχετε πρόσκληση για λογαριασμό. Επιλέξτε κωδικό πρόσβασης μέσα σε επτά ημέρες με αυτό το διακριτικό:\n\n${token}`,
    },
  })
