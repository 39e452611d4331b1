export { readLetter } from './read-letter.ts'
export { signLetter } from './sign-letter.ts'
