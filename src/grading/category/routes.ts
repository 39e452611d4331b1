import { resource } from '#/platform/http/resource.ts'
import { createCategory } from './create-category.ts'
import { categoryEntity, categoryList } from './queries.ts'
import { restoreCategory } from './restore-category.ts'
import { Category, CategoryChanges, CategoryInput, CategoryReplacement, WrittenCategory } from './schema.ts'
import { updateCategory } from './update-category.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors } from './errors.ts'
import { errors as resultErrors } from '#/grading/result/errors.ts'

export const categoryEndpoints = resource({
  noun: 'category',
  names: ['Category', 'Categories'],
  path: '/assessment-categories',
  entity: categoryEntity,
  list: categoryList,
  row: Category,
  created: WrittenCategory,
  changed: WrittenCategory,
  restored: WrittenCategory,
  input: CategoryInput,
  replacement: CategoryReplacement,
  changes: CategoryChanges,
  errors: {
    write: [
      sectionErrors.SECTION_NOT_FOUND,
      errors.CATEGORY_NAME_TAKEN,
      errors.CATEGORY_WEIGHT_EXCEEDED,
      errors.CATEGORY_SECTION_FIXED,
      errors.CATEGORY_KIND_FIXED,
      resultErrors.RESULT_OFFICIAL,
    ],
    delete: [errors.CATEGORY_HAS_ASSESSMENTS, resultErrors.RESULT_OFFICIAL],
  },
  create: createCategory,
  update: updateCategory,
  restore: restoreCategory,
})
