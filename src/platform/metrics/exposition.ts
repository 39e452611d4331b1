import { counters, type Figures, histograms, partsOf } from './metrics.ts'

/**
 * The text format of Prometheus, version 0.0.4. Every series has its HELP and TYPE line, whether it has figures yet or not; what is no
 * longer declared is left out.
 */
export function exposition(
  series: Map<string, Figures>,
  gauges: readonly { name: string; help: string }[],
  values: Readonly<Record<string, number>>,
): string {
  const byName = Map.groupBy([...series].toSorted(byKey), ([key]) => partsOf(key).name)
  const samplesOf = (name: string) =>
    (byName.get(name) ?? []).map(([key, figures]) => [partsOf(key).values, figures] as const)
  const lines = [
    ...Object.entries(counters).flatMap(([name, { help, ...rest }]) => [
      ...head(name, help, 'counter'),
      ...complete(samplesOf(name), rest, [0]).map(
        ([values, [total]]) => `${name}${inBraces(labelled(rest.labels, values))} ${total}`,
      ),
    ]),
    ...Object.entries(histograms).flatMap(([name, { help, labels, buckets }]) => [
      ...head(name, help, 'histogram'),
      ...complete(samplesOf(name), { labels }, [...buckets, 0, 0].fill(0)).flatMap(([values, figures]) =>
        histogramLines(name, labelled(labels, values), buckets, figures),
      ),
    ]),
    ...gauges.flatMap(({ name, help }) => [...head(name, help, 'gauge'), ...gaugeLines(name, values[name])]),
  ]
  return `${lines.join('\n')}\n`
}

type Samples = readonly (readonly [values: string[], figures: Figures])[]

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1)

const head = (name: string, help: string, type: string) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]

interface Labelling {
  labels: readonly string[]
  values?: readonly string[]
}

/** A series whose labels are known beforehand, or that has none, is zero before anything is counted. */
function complete(counted: Samples, { labels, values = [] }: Labelling, zero: Figures): Samples {
  const known = labels.length === 0 ? [[]] : values.map((value) => [value])
  const missing = known.filter(([value]) => !counted.some(([[label]]) => label === value))
  return [...counted, ...missing.map((values): Samples[number] => [values, zero])]
}

/** Kept apart, served cumulatively. */
function histogramLines(name: string, labels: string[], buckets: readonly number[], figures: Figures): string[] {
  let total = 0
  const lines = [...buckets, '+Inf'].map((bound, i) => {
    total += figures[i]!
    return `${name}_bucket${inBraces([...labels, `le="${bound}"`])} ${total}`
  })
  return [...lines, `${name}_sum${inBraces(labels)} ${figures.at(-1)}`, `${name}_count${inBraces(labels)} ${total}`]
}

const gaugeLines = (name: string, value: number | undefined) => (value === undefined ? [] : [`${name} ${value}`])

const labelled = (names: readonly string[], values: readonly string[]) =>
  names.map((name, i) => `${name}="${values[i]}"`)

const inBraces = (labels: readonly string[]) => (labels.length === 0 ? '' : `{${labels.join(',')}}`)
