// Makes the list of common passwords that new ones are compared with: node scripts/build-common-passwords.mjs <passwords.json>
// The file is a JSON array, the most common password first, such as src/passwords.json of the npm package @zxcvbn-ts/language-common (MIT).
import { readFile, writeFile } from 'node:fs/promises'
import { coreOf } from '../src/access/identity/password-core.ts'

const most = 15_000
const passwords = JSON.parse(await readFile(process.argv[2], 'utf8')).slice(0, most)
const cores = new Set(passwords.filter((one) => /\p{L}/u.test(one)).map((one) => coreOf(one, 4)))
await writeFile(
  new URL('../src/access/identity/common-passwords/list.txt', import.meta.url),
  `${[...cores].toSorted().join('\n')}\n`,
)
console.log(`${cores.size} cores of ${passwords.length} passwords`)
