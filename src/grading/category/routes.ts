import { find, softDelete } from '#/platform/database/entity.ts'
import { resource } from '#/platform/http/resource.ts'
import { createCategory } from './create-category.ts'
import { categoryEntity, categoryList } from './queries.ts'
import { restoreCategory } from './restore-category.ts'
import { Category, CategoryChanges, CategoryInput } from './schema.ts'
import { updateCategory } from './update-category.ts'

export const categoryEndpoints = resource({
  noun: 'category',
  names: ['Category', 'Categories'],
  path: '/assessment-categories',
  row: Category,
  query: categoryList.query,
  input: CategoryInput,
  changes: CategoryChanges,
  notFound: 'CATEGORY_NOT_FOUND',
  errors: {
    write: ['SECTION_NOT_FOUND', 'CATEGORY_NAME_TAKEN', 'CATEGORY_WEIGHT_EXCEEDED', 'CATEGORY_SECTION_FIXED'],
    delete: ['CATEGORY_HAS_ASSESSMENTS'],
  },
  list: categoryList.page,
  get: (ctx, id) => find(ctx, categoryEntity, id),
  create: createCategory,
  update: updateCategory,
  remove: (ctx, id) => softDelete(ctx, categoryEntity, id),
  restore: restoreCategory,
})
