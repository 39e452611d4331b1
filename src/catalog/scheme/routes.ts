import { find, restore, softDelete } from '#/platform/database/entity.ts'
import { resource } from '#/platform/http/resource.ts'
import { createScheme } from './create-scheme.ts'
import { schemeEntity, schemeList } from './queries.ts'
import { GradingScheme, GradingSchemeChanges, GradingSchemeInput } from './schema.ts'
import { updateScheme } from './update-scheme.ts'

export const schemeEndpoints = resource({
  noun: 'grading_scheme',
  names: ['GradingScheme', 'GradingSchemes'],
  path: '/grading-schemes',
  row: GradingScheme,
  query: schemeList.query,
  input: GradingSchemeInput,
  changes: GradingSchemeChanges,
  notFound: 'SCHEME_NOT_FOUND',
  errors: {
    write: ['SCHEME_CODE_TAKEN', 'SCHEME_CODE_FIXED', 'SCHEME_UNSOUND', 'SCHEME_HAS_RESULTS'],
    delete: ['SCHEME_SHIPPED', 'SCHEME_IN_USE'],
  },
  list: schemeList.page,
  get: (ctx, id) => find(ctx, schemeEntity, id),
  create: createScheme,
  update: updateScheme,
  remove: (ctx, id) => softDelete(ctx, schemeEntity, id),
  restore: (ctx, id) => restore(ctx, schemeEntity, id),
})
