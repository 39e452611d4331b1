// `npm run mutants -- [words] [--workers N]`: plants the small mistakes of test/mutants/*.json, one at a time, and runs the tests nearest to each.
// A mistake that no test notices is a promise that nothing holds. Words choose mutants by their file, promise or list. Fails below 95 %.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepare, root } from '../prepare.mjs'

/**
 * @typedef {object} Mutant
 * @property {string} promise What would no longer hold.
 * @property {string} file
 * @property {string} text Occurs in the file once.
 * @property {string} replacement
 * @property {string[]} tests Files, or folders of them, one of which must fail. All are below test/tools, or none.
 * @property {string} [explained] Why no test can notice it.
 */

const floor = 0.95
const copied = new Set(['src', 'test', 'migrations', 'docs', 'public', 'demo', 'scripts', 'client', '.github'])
const copiedFiles =
  /^(?:package\.json|tsconfig\.json|openapi\.json|worker-configuration\.d\.ts|wrangler\.toml|vitest.*\.ts|\.dev\.vars\.example)$/

prepare()
const { values, positionals } = parseArgs({ allowPositionals: true, options: { workers: { type: 'string' } } })
const mutants = chosen(readMutants(), positionals)
requireCurrent(mutants)
const queue = [...mutants]
const outcomes = []
const workers = Number(values.workers ?? availableParallelism())
await Promise.all(Array.from({ length: Math.min(workers, mutants.length) }, work))
report()

/** @returns {Mutant[]} */
function readMutants() {
  const folder = join(root, 'test', 'mutants')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .flatMap((name) =>
      JSON.parse(readFileSync(join(folder, name), 'utf8')).map((mutant) => ({ list: name, ...mutant })),
    )
}

function chosen(all, words) {
  if (words.length === 0) return all
  return all.filter(({ list, file, promise }) => words.some((word) => `${list} ${file} ${promise}`.includes(word)))
}

/** A mutant whose text is gone, or there twice, plants nothing: the list has to follow the code. */
function requireCurrent(all) {
  const stale = all.filter(({ file, text }) => readFileSync(join(root, file), 'utf8').split(text).length !== 2)
  for (const { file, text } of stale) console.error(`${file} does not hold exactly once: ${text}`)
  if (stale.length > 0) process.exit(1)
}

/** Takes mutants until none is left, in a copy of its own, whose tests pass as long as nothing is planted. */
async function work() {
  const copy = makeCopy()
  const runner = startRunner(copy)
  try {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const path = join(copy, mutant.file)
      const source = readFileSync(path, 'utf8')
      writeFileSync(
        path,
        source.replace(mutant.text, () => mutant.replacement),
      )
      const started = performance.now()
      const { ran, failed, timedOut, output } = await runner.run(mutant)
      const seconds = (performance.now() - started) / 1000
      writeFileSync(path, source)
      const outcome = !ran ? 'no result' : failed ? 'caught' : mutant.explained ? 'explained' : 'alive'
      outcomes.push({ ...mutant, outcome, output })
      console.log(
        `${outcomes.length}/${mutants.length} ${outcome.padEnd(9)} ${seconds.toFixed(0)} s  ${mutant.file}: ${mutant.promise}${timedOut ? ' (in a time-out)' : ''}`,
      )
    }
  } finally {
    await runner.stop()
    rmSync(copy, { recursive: true, force: true })
  }
}

/** What Vitest imports it reads again when told so; the rest (migrations, settings) it has read when it started. */
function startRunner(copy) {
  const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` }
  const child = fork(join(root, 'scripts', 'mutants', 'runner.mjs'), { cwd: copy, env, silent: true })
  const ended = once(child, 'exit')
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + chunk).slice(-20_000)))
  return {
    run: async ({ file, tests }) => {
      output = ''
      child.send({ file, tests, imported: /^(?:src|test)\/.*\.ts$/.test(file) })
      const [answer] = await Promise.race([once(child, 'message'), ended])
      if (typeof answer !== 'object') throw new Error(`The tests of ${file} ended their process.\n${output}`)
      return { ...answer, output: `${output}\n${answer.output}` }
    },
    stop: async () => {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

function makeCopy() {
  const copy = mkdtempSync(join(tmpdir(), 'lyceum-mutants-'))
  const names = readdirSync(root).filter((name) => copied.has(name) || copiedFiles.test(name))
  for (const name of names) cpSync(join(root, name), join(copy, name), { recursive: true })
  linkModules(copy)
  return copy
}

/** Every package, but caches of its own: two runs would take each other's away. */
function linkModules(copy) {
  const modules = join(copy, 'node_modules')
  mkdirSync(modules)
  const names = readdirSync(join(root, 'node_modules')).filter((name) => name === '.bin' || !name.startsWith('.'))
  for (const name of names) symlinkSync(join(root, 'node_modules', name), join(modules, name))
}

function report() {
  const count = (outcome) => outcomes.filter((one) => one.outcome === outcome).length
  const [caught, explained, alive, lost] = ['caught', 'explained', 'alive', 'no result'].map(count)
  for (const { outcome, file, promise, text, replacement } of outcomes)
    if (outcome === 'alive') console.log(`\nalive: ${promise}\n  ${file}\n  - ${text}\n  + ${replacement}`)
  for (const { outcome, promise, tests, output } of outcomes)
    if (outcome === 'no result') console.log(`\nno test ran: ${promise}\n  ${tests.join(' ')}\n${output}`)
  console.log(
    `\n${mutants.length} mutants: ${caught} caught, ${explained} explained, ${alive} alive, ${lost} without a result`,
  )
  if (caught + explained < outcomes.length * floor) process.exitCode = 1
}
