export type { MessageTypes } from './message-types.ts'
export { forgetOldLetters, recordLetter } from './record-letter.ts'
