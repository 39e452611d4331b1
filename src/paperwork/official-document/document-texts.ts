import type { Language } from '#/platform/words.ts'

/** What stands on every official document. */
export interface DocumentTexts {
  studentNumber: string
  fatherName: string
  enrolledOn: string
  program: string
  issuedOn: string
  signature: string
  verification: string
  verificationMeaning: (validUntil: string) => string
  issue: string
  pageOf: (page: number, pages: number) => string
}

export const documentTexts: Record<Language, DocumentTexts> = {
  en: {
    studentNumber: 'Student number',
    fatherName: 'Father’s name',
    enrolledOn: 'Enrolled on',
    program: 'Program of study',
    issuedOn: 'Issued on',
    signature: 'For the Registrar (signature and seal)',
    verification: 'Verification',
    verificationMeaning: (validUntil) =>
      `Scan the code or open the address below to confirm that this document is genuine. The address is valid until ${validUntil}.`,
    issue: 'Issue',
    pageOf: (page, pages) => `Page ${page} of ${pages}`,
  },
  el: {
    studentNumber: 'Αριθμός μητρώου',
    fatherName: 'Πατρώνυμο',
    enrolledOn: 'Ημερομηνία εγγραφής',
    program: 'Πρόγραμμα σπουδών',
    issuedOn: 'Ημερομηνία έκδοσης',
    signature: 'Για τη Γραμματεία (υπογραφή και σφραγίδα)',
    verification: 'Έλεγχος γνησιότητας',
    verificationMeaning: (validUntil) =>
      `Σαρώστε τον κωδικό ή ανοίξτε τη διεύθυνση για να επιβεβαιώσετε τη γνησιότητα του εγγράφου. Η διεύθυνση ισχύει έως ${validUntil}.`,
    issue: 'Έκδοση',
    pageOf: (page, pages) => `Σελίδα ${page} από ${pages}`,
  },
}
