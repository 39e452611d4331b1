import { gauges as transcriptJob } from './transcript-job/gauges.ts'

export const gauges = [...transcriptJob]
