import { expect, test } from 'vitest'
import rules from '../../docs/alert-rules.yml?raw'
import dashboard from '../../docs/grafana-dashboard.json?raw'
import { scrapeText } from '../platform/metrics/scrape.ts'

interface Panel {
  title: string
  targets?: { expr: string }[]
}

const queries = (JSON.parse(dashboard) as { panels: Panel[] }).panels.flatMap(({ targets = [] }) =>
  targets.map(({ expr }) => expr),
)

/** Every selector of these files is written with braces. */
const namesIn = (text: string) => [...new Set([...text.matchAll(/\b([a-z_]+)\{/g)].map(([, name]) => name!))]

/** The names that Prometheus stores: those of a histogram are three. */
async function served(): Promise<Set<string>> {
  const types = [...(await scrapeText()).matchAll(/^# TYPE (\w+) (\w+)$/gm)]
  const names = types.flatMap(([, name, type]) =>
    type === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name!],
  )
  return new Set([...names, 'up'])
}

test.each([
  ['the dashboard', queries.join('\n'), 20],
  ['the alert rules', rules, 12],
])('%s asks for nothing but what is served', async (_, text, atLeast) => {
  const known = await served()
  const names = namesIn(text)
  expect(names.length).toBeGreaterThan(atLeast)
  expect(names.filter((name) => !known.has(name))).toEqual([])
})

test('every alert says what it means, how bad it is and what to do', () => {
  const alerts = rules.split('- alert: ').slice(1)
  expect(alerts.length).toBeGreaterThan(10)
  for (const alert of alerts) {
    expect(alert).toMatch(/severity: (?:critical|warning) \}/)
    expect(alert).toMatch(/summary: .+\n +description: .+/)
  }
})

test('every panel of the dashboard has a query', () => {
  const { panels } = JSON.parse(dashboard) as { panels: (Panel & { type: string })[] }
  expect(panels.filter(({ type, targets = [] }) => type !== 'row' && targets.length === 0)).toEqual([])
})
