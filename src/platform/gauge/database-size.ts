import { databaseBytes } from '#/platform/database/query-figures.ts'
import type { Gauge } from './gauge.ts'

export const databaseSize: Gauge = {
  name: 'database_size_bytes',
  help: 'How large the database is, of the 10 GB that D1 holds.',
  value: () => databaseBytes(),
}
