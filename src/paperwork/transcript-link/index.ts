export { mailLink } from './mail-link.ts'
