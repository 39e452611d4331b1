import { gauges as section } from './section/gauges.ts'

export const gauges = [...section]
