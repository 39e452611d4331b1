import { policy } from '#/wiring/policy.ts'
import { type Permission, reachOf } from '#/platform/policy.ts'
import { type Role, roles } from '#/platform/words.ts'

/** docs/policy.md */
export function printedPolicy(): string {
  const cell = (permission: Permission, role: Role) => reachOf(permission, role) ?? '-'
  const rows = (Object.keys(policy) as Permission[]).map(
    (permission) => `| \`${permission}\` | ${roles.map((role) => cell(permission, role)).join(' | ')} |`,
  )
  return `# Who may do what

Printed from the policies of the areas by the contract tests (\`npm run snapshots\`). \`any\` reaches every row, \`own\` only the caller's, \`-\` nothing.

| permission | ${roles.join(' | ')} |
|---|${roles.map(() => '---|').join('')}
${rows.join('\n')}
`
}
