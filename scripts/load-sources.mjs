// Lets Node load the sources of the Worker: types are stripped, and what only workerd has is empty. Enough to read the tables, not to run them.
import { registerHooks } from 'node:module'

const empty =
  'export default undefined; export class DurableObject {}; export class WorkerEntrypoint {}; export const env = {}'

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith('cloudflare:') ? { url: specifier, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    /^cloudflare:|\.wasm$/.test(url) ? { format: 'module', source: empty, shortCircuit: true } : next(url, context),
})
