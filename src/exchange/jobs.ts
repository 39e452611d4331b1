import type { Jobs } from '#/platform/job/schedule.ts'
import { deleteOldImports, importWork } from './import/index.ts'
import { refreshSearchTexts } from './search/index.ts'

export const often = { 'resume-imports': importWork.resume } satisfies Jobs

export const nightly = {
  'delete-old-imports': deleteOldImports,
  'refresh-search-texts': refreshSearchTexts,
} satisfies Jobs
