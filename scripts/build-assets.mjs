// Puts where the Worker finds them: the API document, the files of its reference page, the fonts of documents, the common passwords and the names of
// the migrations. Run before wrangler bundles.
import { copyFileSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const target = join(root, 'public', 'docs-assets')

mkdirSync(target, { recursive: true })
cpSync(join(root, 'src', 'engines', 'typeface', 'fonts'), join(root, 'public', 'fonts'), { recursive: true })
copyFileSync(
  join(root, 'src', 'access', 'identity', 'common-passwords', 'list.txt'),
  join(root, 'public', 'common-passwords.txt'),
)
copyFileSync(join(root, 'openapi.json'), join(root, 'public', 'openapi.json'))
const migrations = readdirSync(join(root, 'migrations')).filter((name) => name.endsWith('.sql'))
writeFileSync(join(root, 'public', 'migrations.json'), JSON.stringify(migrations.toSorted()))
for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css']) copyFileSync(join(swagger, file), join(target, file))
writeFileSync(
  join(root, 'public', '_headers'),
  '/docs-assets/*\n  X-Content-Type-Options: nosniff\n  Cache-Control: public, max-age=86400\n  Cross-Origin-Resource-Policy: same-origin\n',
)
