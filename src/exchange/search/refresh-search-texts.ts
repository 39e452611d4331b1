import type { Context } from '#/platform/context.ts'
import { refreshSearch } from './refresh-search.ts'
import { applicationEntity } from '#/admission/application/index.ts'
import { courseEntity, ruleDerivation } from '#/catalog/course/index.ts'
import { userEntity } from '#/access/identity/index.ts'
import { programEntity } from '#/catalog/program/index.ts'
import { sectionEntity } from '#/enrolling/section/index.ts'
import { studentEntity } from '#/people/student/index.ts'
import { assessmentEntity } from '#/grading/assessment/index.ts'
import { categoryEntity } from '#/grading/category/index.ts'
import { termEntity } from '#/catalog/term/index.ts'
import { schemeEntity } from '#/catalog/scheme/index.ts'
import { invitee } from '#/access/invitation/index.ts'
import { requestEntity } from '#/paperwork/request/index.ts'
import { filterEntity } from '#/exchange/saved-filter/index.ts'
import { approvalNote, changeTexts } from '#/grading/result-change/index.ts'

/** Brings the search columns of rows that were there before up to date. Returns how many. */
export const refreshSearchTexts = async (ctx: Context) =>
  (await refreshSearch(ctx, studentEntity)) +
  (await refreshSearch(ctx, courseEntity)) +
  (await refreshSearch(ctx, programEntity)) +
  (await refreshSearch(ctx, userEntity)) +
  (await refreshSearch(ctx, applicationEntity)) +
  (await refreshSearch(ctx, sectionEntity)) +
  (await refreshSearch(ctx, assessmentEntity)) +
  (await refreshSearch(ctx, categoryEntity)) +
  (await refreshSearch(ctx, { ...ruleDerivation, key: ['course_id', 'position'] })) +
  (await refreshSearch(ctx, termEntity)) +
  (await refreshSearch(ctx, schemeEntity)) +
  (await refreshSearch(ctx, invitee)) +
  (await refreshSearch(ctx, requestEntity)) +
  (await refreshSearch(ctx, filterEntity)) +
  (await refreshSearch(ctx, changeTexts)) +
  (await refreshSearch(ctx, approvalNote))
