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
  entity: schemeEntity,
  list: schemeList,
  row: GradingScheme,
  input: GradingSchemeInput,
  changes: GradingSchemeChanges,
  errors: {
    write: [errors.SCHEME_CODE_TAKEN, errors.SCHEME_CODE_FIXED, errors.SCHEME_UNSOUND, errors.SCHEME_HAS_RESULTS],
    delete: [errors.SCHEME_SHIPPED, errors.SCHEME_IN_USE],
  },
  create: createScheme,
  update: updateScheme,
})
