import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inFolder, run } from './tools.ts'

export interface Visit {
  /** The document after its scripts have run. */
  html: string
  /** Everything that came up in the console: errors, violations of the content security policy, and whatever else. */
  console: string[]
  /** Addresses that the page asked for, itself included. */
  requests: string[]
  /** Names of what it left in the browser's storages, by their folders in the profile. */
  kept: string[]
}

/** Opens a page in a fresh browser that reads `language`, and lets it settle. */
export function visit(url: string, { language = 'en' } = {}): Promise<Visit> {
  return inFolder(async (folder) => {
    const network = join(folder, 'network.json')
    const { stdout, stderr } = await run(
      'chromium',
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
      `--user-data-dir=${join(folder, 'profile')}`,
      `--accept-lang=${language}`,
      '--enable-logging=stderr',
      `--log-net-log=${network}`,
      '--virtual-time-budget=10000',
      '--dump-dom',
      url,
    )
    return {
      html: stdout,
      console: consoleLines(stderr),
      requests: requestsOf(readFileSync(network, 'utf8'), url),
      kept: keptIn(join(folder, 'profile', 'Default'), new URL(url).host),
    }
  })
}

const consoleLines = (log: string) => [...log.matchAll(/^\[.*?:CONSOLE[:(].*?\] (.*)$/gm)].map(([, line]) => line!)

const storages = ['Local Storage', 'Session Storage', 'IndexedDB', 'Service Worker', 'WebStorage']

/** Storages of the profile in whose files the page's host occurs: every entry stands under its origin. */
const keptIn = (profile: string, host: string) =>
  storages.filter((name) => existsSync(join(profile, name)) && mentions(join(profile, name), host))

const mentions = (folder: string, host: string): boolean =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).some(
    (entry) =>
      entry.name.includes(host.replace(':', '_')) ||
      (entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(host)),
  )

interface NetworkLog {
  constants: { logEventTypes: Record<string, number> }
  events: { type: number; params?: { url?: string; initiator?: string } }[]
}

/** The browser's own errands (updates, spelling) have no initiator; what a page asks for has its origin. */
function requestsOf(log: string, page: string): string[] {
  const { constants, events } = JSON.parse(log) as NetworkLog
  const started = events.filter(({ type }) => type === constants.logEventTypes.URL_REQUEST_START_JOB)
  const { origin } = new URL(page)
  const urls = started
    .filter(({ params }) => params?.initiator === origin || params?.url?.startsWith(page))
    .map(({ params }) => params!.url!)
  return [...new Set(urls)]
}
