export { letterTexts } from './letter-texts.ts'
export { readLetter } from './read-letter.ts'
export { sentencesOf } from './sentences-of.ts'
export { signLetter } from './sign-letter.ts'
