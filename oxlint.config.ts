import { defineConfig } from 'oxlint'

/** The areas, the lowest first: an area imports those before it and none behind it. */
const areas = [
  'access',
  'people',
  'catalog',
  'admission',
  'enrolling',
  'grading',
  'paperwork',
  'exchange',
  'operations',
] as const

interface Pattern {
  group: string[]
  message: string
}

const noHono: Pattern = { group: ['hono', 'hono/*', '@hono/*'], message: 'HTTP stays in platform/http.' }
const noHttp: Pattern = { group: ['#/platform/http/**'], message: 'A use case knows no HTTP.' }
const noDrizzle: Pattern = {
  group: ['drizzle-orm', 'drizzle-orm/*'],
  message: 'SQL stays in tables, queries and use cases.',
}
const noDatabase: Pattern = { group: ['#/platform/database/**'], message: 'This file touches no database.' }
const noUniversity: Pattern = {
  group: [...areas.map((area) => `#/${area}/**`), '#/wiring/**', '#/*.ts'],
  message: 'This knows no university.',
}
const noWayBack: Pattern = { group: ['../**'], message: 'Inside a module ./, between folders #/.' }
const noFarWayBack: Pattern = { ...noWayBack, group: ['../../**'] }

const restrict = (files: string[], patterns: Pattern[]) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }], 'no-console': 'error' } as const,
})

/** What every file of an area leaves alone: what is above it, and the insides of lower areas. */
function outside(area: (typeof areas)[number], doors: readonly string[], wayBack = noWayBack): Pattern[] {
  const at = areas.indexOf(area)
  const above = areas.slice(at + 1).map((one) => `#/${one}/**`)
  const below = areas.slice(0, at)
  return [
    { group: [...above, '#/wiring/**', '#/*.ts'], message: 'An area imports lower ones only.' },
    {
      group: [
        ...below.map((one) => `#/${one}/**`),
        ...below.flatMap((one) => doors.map((door) => `!#/${one}/*/${door}`)),
      ],
      message: `Another area is entered by ${doors.join(' or ')}.`,
    },
    noHono,
    wayBack,
  ]
}

/** What of its own area a file may import beside its own module. */
const inside = (area: string, doors: readonly string[]): Pattern => ({
  group: [`#/${area}/**`, ...doors.map((door) => `!#/${area}/*/${door}`)],
  message: `Inside an area another module is entered by ${doors.join(', ')}.`,
})

const layersOf = (area: (typeof areas)[number]) => [
  restrict(
    [`src/${area}/*/*.ts`],
    [...outside(area, ['index.ts']), inside(area, ['index.ts', 'rules.ts', 'schema.ts', 'errors.ts']), noHttp],
  ),
  restrict(
    [`src/${area}/*/*/**/*.ts`],
    [
      ...outside(area, ['index.ts'], noFarWayBack),
      inside(area, ['index.ts', 'rules.ts', 'schema.ts', 'errors.ts']),
      noHttp,
    ],
  ),
  restrict(
    [`src/${area}/*/{queries,table,gauges}.ts`, `src/${area}/*/*-{queries,table}.ts`],
    [
      ...outside(area, ['index.ts', 'table.ts']),
      inside(area, ['index.ts', 'table.ts', 'rules.ts', 'schema.ts', 'errors.ts']),
      noHttp,
    ],
  ),
  restrict(
    [`src/${area}/*/{rules,schema,errors,events}.ts`],
    [
      ...outside(area, ['index.ts']),
      inside(area, ['index.ts', 'rules.ts', 'schema.ts', 'errors.ts']),
      noHttp,
      noDatabase,
      noDrizzle,
    ],
  ),
  restrict(
    [`src/${area}/*/routes.ts`],
    [
      ...outside(area, ['index.ts']),
      inside(area, ['schema.ts', 'errors.ts', 'index.ts']),
      { group: ['#/platform/database/**'], message: 'Declarations only: what touches the database is a use case.' },
      noDrizzle,
    ],
  ),
  restrict(
    [`src/${area}/*/*-page.ts`],
    [...outside(area, ['index.ts']), inside(area, ['index.ts', 'schema.ts', 'errors.ts']), noDatabase, noDrizzle],
  ),
  restrict([`src/${area}/*.ts`], [...outside(area, ['index.ts']), noDatabase, noDrizzle]),
]

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'import', 'oxc'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  rules: {
    'max-lines': ['error', { max: 200 }],
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'no-await-in-loop': 'off',
    'import/no-unassigned-import': 'off',
    'oxc/no-map-spread': 'off',
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/ban-ts-comment': 'error',
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-shadow': 'off',
    'import/no-named-as-default-member': 'off',
    'unicorn/consistent-function-scoping': 'off',
  },
  overrides: [
    restrict(['src/*.ts', 'src/wiring/*.ts'], [noDrizzle]),
    restrict(['src/platform/**/*.ts'], [noUniversity, noHono, noHttp, noWayBack]),
    restrict(['src/platform/http/**/*.ts'], [noUniversity, noDrizzle, noWayBack]),
    restrict(
      ['src/engines/**/*.ts'],
      [
        noUniversity,
        noHono,
        noDrizzle,
        { group: ['#/platform/**'], message: 'An engine is pure: it knows no Context.' },
        noWayBack,
      ],
    ),
    ...areas.flatMap(layersOf),
    { files: ['src/platform/log.ts'], rules: { 'no-console': 'off' } },
    {
      files: ['test/**/*.ts'],
      rules: { 'max-lines': ['error', { max: 300 }], 'unicorn/prefer-set-has': 'off' },
    },
  ],
  ignorePatterns: ['worker-configuration.d.ts', 'public/**', 'openapi.json'],
})
