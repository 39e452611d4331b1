export { documentPage, factList, figureTable, lookOf, part, type VerificationLook } from './document-page.ts'
export { pageTexts } from './page-texts.ts'
export { filePage, verificationPage } from './verification-page.ts'
