export type { Report, Schedule } from './rules.ts'
export { runByClock } from './run-job.ts'
