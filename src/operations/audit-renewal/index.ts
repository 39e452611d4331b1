export { renewalWork } from './renewal-work.ts'
