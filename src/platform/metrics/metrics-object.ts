import { DurableObject } from 'cloudflare:workers'
import type { Figures, QueryFigures } from './metrics.ts'
import type { Batch } from './flush.ts'
import { SlowestQueries } from './slowest-queries.ts'

/** After a delivery what changed is written once, this much later; so writes do not grow with the number of isolates. */
const writeDelayMs = 1000
/** An isolate that was silent for so long will not repeat a delivery any more. */
const rememberedMs = 3_600_000

/**
 * One object for each deployment: it adds up what the isolates count. It answers from memory and writes to disk a moment later; a batch is
 * added once, however often it is delivered.
 */
export class Metrics extends DurableObject {
  readonly #series = new Map<string, Figures>()
  readonly #isolates = new Map<string, { batch: number; at: number }>()
  readonly #slowest = new SlowestQueries()
  readonly #unwritten = { series: new Set<string>(), isolates: new Set<string>() }
  #writesSoon = false

  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    const { sql } = state.storage
    sql.exec('create table if not exists series (key text primary key, figures text not null) strict')
    sql.exec(
      'create table if not exists isolate (id text primary key, batch integer not null, at integer not null) strict',
    )
    sql.exec('create table if not exists slot (start integer primary key, queries text not null) strict')
    for (const { key, figures } of sql.exec<{ key: string; figures: string }>('select * from series'))
      this.#series.set(key, JSON.parse(figures) as Figures)
    for (const { id, batch, at } of sql.exec<{ id: string; batch: number; at: number }>('select * from isolate'))
      this.#isolates.set(id, { batch, at })
    for (const { start, queries } of sql.exec<{ start: number; queries: string }>('select * from slot'))
      this.#slowest.restore(start, JSON.parse(queries) as [string, QueryFigures][])
  }

  /** Takes what an isolate has not been thanked for yet, oldest first. */
  add(isolate: string, batches: readonly Batch[]): void {
    const now = Date.now()
    const last = this.#isolates.get(isolate)?.batch ?? 0
    const fresh = batches.filter(({ number }) => number > last)
    for (const { series, queries } of fresh) {
      for (const [key, figures] of series) this.#addFigures(key, figures)
      this.#slowest.add(queries, now)
    }
    if (fresh.length === 0) return
    this.#isolates.set(isolate, { batch: fresh.at(-1)!.number, at: now })
    this.#unwritten.isolates.add(isolate)
    if (this.#writesSoon) return
    this.#writesSoon = true
    setTimeout(() => this.#write(), writeDelayMs)
  }

  /** Every series with its figures since the deployment began to count. */
  read(): Map<string, Figures> {
    return this.#series
  }

  slowest() {
    return this.#slowest.top(Date.now())
  }

  /** Figures of another length are those of a version with other buckets: the series begins anew. */
  #addFigures(key: string, figures: Figures) {
    const known = this.#series.get(key)
    const sums = known?.length === figures.length ? known.map((sum, i) => sum + figures[i]!) : figures
    this.#series.set(key, sums)
    this.#unwritten.series.add(key)
  }

  #write() {
    const { sql } = this.ctx.storage
    const { series, isolates } = this.#unwritten
    const now = Date.now()
    const changed = [...series].map((key) => [key, this.#series.get(key)!])
    const heard = [...isolates].map((id) => [id, this.#isolates.get(id)!.batch, this.#isolates.get(id)!.at])
    const [start, queries] = this.#slowest.current(now)
    sql.exec(
      'insert or replace into series (key, figures) select value ->> 0, value -> 1 from json_each(?)',
      JSON.stringify(changed),
    )
    sql.exec(
      'insert or replace into isolate (id, batch, at) select value ->> 0, value ->> 1, value ->> 2 from json_each(?)',
      JSON.stringify(heard),
    )
    sql.exec('insert or replace into slot (start, queries) values (?, ?)', start, JSON.stringify(queries))
    sql.exec('delete from slot where start < ?', this.#slowest.oldest(now))
    sql.exec('delete from isolate where at < ?', now - rememberedMs)
    for (const [id, { at }] of this.#isolates) if (at < now - rememberedMs) this.#isolates.delete(id)
    series.clear()
    isolates.clear()
    this.#writesSoon = false
  }
}
