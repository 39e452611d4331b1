// A process that runs the tests of one mutant after the other, in the folder it was started in. Vitest and what it has read stay, as starting
// them takes longer than the tests: hears { file, tests, imported }, answers { ran, failed, timedOut, output }.
import { resolve } from 'node:path'
import { createVitest } from 'vitest/node'

/** @typedef {import('vitest/node').Vitest} Vitest */

const onWorkerd = ['workers', 'generated']

/** @type {{ project: string[], vitest: Vitest } | undefined} */
let running

process.on('message', async (message) => {
  process.send(await run(message))
})
process.once('disconnect', async () => {
  await running?.vitest.close()
})

/** Whether tests ran, and one of them failed. A mistake that keeps all of them from running proves nothing. */
async function run({ file, tests, imported }) {
  if (!imported) await stop()
  const vitest = await vitestFor(tests[0].startsWith('test/tools/') ? ['tools'] : onWorkerd)
  vitest.invalidateFile(resolve(file))
  const specifications = await vitest.globTestSpecifications(tests)
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
  const results = testModules.flatMap((module) => [...module.children.allTests()].map((test) => test.result()))
  const states = results.map(({ state }) => state)
  const errors = [...unhandledErrors, ...testModules.flatMap((module) => module.errors())]
  vitest.invalidateFile(resolve(file))
  if (!imported) await stop()
  return {
    ran: states.some((state) => state === 'passed' || state === 'failed'),
    failed: states.includes('failed'),
    timedOut: results.some(({ errors }) => errors?.some(({ message }) => message.includes('timed out'))),
    output: errors.map(({ message, stack }) => `${message}\n${stack}`).join('\n'),
  }
}

/** Only one at a time: two would keep twice the memory. */
async function vitestFor(project) {
  if (running?.project[0] !== project[0]) await stop()
  running ??= {
    project,
    vitest: await createVitest('test', { project, watch: false, maxWorkers: 1, bail: 1, reporters: [{}] }),
  }
  return running.vitest
}

async function stop() {
  await running?.vitest.close()
  running = undefined
}
