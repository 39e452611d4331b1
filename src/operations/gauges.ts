import { gauges as backup } from './backup/gauges.ts'
import { gauges as deadLetter } from './dead-letter/gauges.ts'

export const gauges = [...deadLetter, ...backup]
