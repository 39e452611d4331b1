import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = '.github/workflows'
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }))

test('every action is pinned to a commit, with its version beside it', () => {
  const used = workflows.flatMap(({ text }) => [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action!))
  expect(used.length).toBeGreaterThan(5)
  expect(used.filter((action) => !/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
})

test('no workflow may write but where a job says so', () => {
  for (const { name, text } of workflows)
    expect([name, text]).toEqual([name, expect.stringMatching(/^permissions:\n {2}contents: read$/m)])
})

test('each release has a list of what it is made of, and each week known holes are looked for', () => {
  const commandsOf = (name: string) => workflows.find((one) => one.name === name)?.text
  expect(commandsOf('deploy.yml')).toMatch(
    /^ +run: npm sbom --sbom-format=cyclonedx --omit=dev > (\S+)$[\s\S]*^ +path: \1$/m,
  )
  expect(commandsOf('weekly.yml')).toMatch(/^ +- cron: '\d+ \d+ \* \* [0-6]'$/m)
  expect(commandsOf('weekly.yml')).toMatch(/^ +- run: npm audit --audit-level=high$/m)
  expect(commandsOf('weekly.yml')).toMatch(/^ +- uses: github\/codeql-action\/analyze@/m)
})
