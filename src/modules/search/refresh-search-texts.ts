import type { Context } from '../../context.ts'
import { refreshSearch } from '../../database/refresh-search.ts'
import { courseEntity } from '../course/index.ts'
import { userEntity } from '../identity/index.ts'
import { programEntity } from '../program/index.ts'
import { studentEntity } from '../student/index.ts'

/** Brings the search columns of rows that were there before up to date. Returns how many. */
export const refreshSearchTexts = async (ctx: Context) =>
  (await refreshSearch(ctx, studentEntity)) +
  (await refreshSearch(ctx, courseEntity)) +
  (await refreshSearch(ctx, programEntity)) +
  (await refreshSearch(ctx, userEntity))
