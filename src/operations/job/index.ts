export { runByClock } from './run-job.ts'
