// `npm run check`: everything that must hold before a change lands. Stops at the first thing that does not.
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { prepare, root } from './prepare.mjs'

/** What was found last time stays beside the modules, so that a second look takes a third of the time. */
const typesOf = (project, name) => {
  const found = join(root, 'node_modules', '.cache', `types-${name}.tsbuildinfo`)
  return ['tsc', '--noEmit', '-p', project, '--incremental', '--tsBuildInfoFile', found]
}

const steps = [
  ['format', 'oxfmt', '--check', '.'],
  ['lint', 'oxlint'],
  ['types', ...typesOf('.', 'worker')],
  ['types of the end-to-end tests', ...typesOf('test/e2e', 'e2e')],
  ['types of the tests of the sources', ...typesOf('test/tools', 'tools')],
  [
    'binding types',
    'wrangler',
    'types',
    '--check',
    '--include-runtime',
    'false',
    '--strict-vars',
    'false',
    '--env-file',
    '.dev.vars.example',
  ],
  ['dead exports', 'knip'],
  ...(process.env.LYCEUM_CHECK_SKIP_TESTS ? [] : [['tests', 'vitest', 'run']]),
  ['bundle for production', 'wrangler', 'deploy', '--dry-run', '--env', 'production', '--outdir', 'dist'],
]

prepare()
const env = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
  WRANGLER_SEND_METRICS: 'false',
}
const times = []
for (const [name, command, ...argv] of steps) {
  console.log(`\n== ${name}`)
  const started = performance.now()
  const { status } = spawnSync(command, argv, { cwd: root, env, stdio: 'inherit' })
  times.push(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${name}`)
  if (status === 0) continue
  console.error(`\n${times.join('\n')}\n\n${name}: failed`)
  process.exit(1)
}
console.log(`\n${times.join('\n')}\n\nAll checks passed.`)
