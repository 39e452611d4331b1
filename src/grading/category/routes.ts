import { find, softDelete } from '#/platform/database/entity.ts'
import { resource } from '#/platform/http/resource.ts'
import { createCategory } from './create-category.ts'
import { categoryEntity, categoryList } from './queries.ts'
import { restoreCategory } from './restore-category.ts'
import { Category, CategoryChanges, CategoryInput } from './schema.ts'
import { updateCategory } from './update-category.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors } from './errors.ts'

export const categoryEndpoints = resource({
  noun: 'category',
  names: ['Category', 'Categories'],
  path: '/assessment-categories',
  row: Category,
  query: categoryList.query,
  input: CategoryInput,
  changes: CategoryChanges,
  notFound: errors.CATEGORY_NOT_FOUND,
  errors: {
    write: [
      sectionErrors.SECTION_NOT_FOUND,
      errors.CATEGORY_NAME_TAKEN,
      errors.CATEGORY_WEIGHT_EXCEEDED,
      errors.CATEGORY_SECTION_FIXED,
    ],
    delete: [errors.CATEGORY_HAS_ASSESSMENTS],
  },
  list: categoryList.page,
  get: (ctx, id) => find(ctx, categoryEntity, id),
  create: createCategory,
  update: updateCategory,
  remove: (ctx, id) => softDelete(ctx, categoryEntity, id),
  restore: restoreCategory,
})
