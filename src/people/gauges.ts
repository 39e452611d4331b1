import { gauges as student } from './student/gauges.ts'

export const gauges = [...student]
