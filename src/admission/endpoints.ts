import type { Chapters } from '#/platform/http/endpoint.ts'
import { applicationEndpoints } from './application/routes.ts'

export const endpoints: Chapters = {
  Admission: applicationEndpoints,
}
