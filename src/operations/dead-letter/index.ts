export { forgetOldLetters, recordLetter } from './record-letter.ts'
