import { find, restore, softDelete } from '#/platform/database/entity.ts'
import { resource } from '#/platform/http/resource.ts'
import { createScheme } from './create-scheme.ts'
import { schemeEntity, schemeList } from './queries.ts'
import { GradingScheme, GradingSchemeChanges, GradingSchemeInput } from './schema.ts'
import { updateScheme } from './update-scheme.ts'
import { errors } from './errors.ts'

export const schemeEndpoints = resource({
  noun: 'grading_scheme',
  names: ['GradingScheme', 'GradingSchemes'],
  path: '/grading-schemes',
  row: GradingScheme,
  query: schemeList.query,
  input: GradingSchemeInput,
  changes: GradingSchemeChanges,
  notFound: errors.SCHEME_NOT_FOUND,
  errors: {
    write: [errors.SCHEME_CODE_TAKEN, errors.SCHEME_CODE_FIXED, errors.SCHEME_UNSOUND, errors.SCHEME_HAS_RESULTS],
    delete: [errors.SCHEME_SHIPPED, errors.SCHEME_IN_USE],
  },
  list: schemeList.page,
  get: (ctx, id) => find(ctx, schemeEntity, id),
  create: createScheme,
  update: updateScheme,
  remove: (ctx, id) => softDelete(ctx, schemeEntity, id),
  restore: (ctx, id) => restore(ctx, schemeEntity, id),
})
