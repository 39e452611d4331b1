import { type RateLimit, SlidingWindow } from './sliding-window.ts'

/** Named, because an object has several classes. What stands behind an `@` in a name says for whom. */
export type NamedLimit = RateLimit & { name: string }

export interface Kept {
  name: string
  key: string
  window: SlidingWindow
}

/** No real limit is higher; only those of a development server are. */
const mostWritten = 10_000

/** The windows of an object: in memory, and on disk once `write` was called. */
export class Windows {
  readonly #windows = new Map<string, SlidingWindow>()
  readonly #unwritten = new Set<string>()
  readonly #tables: () => SqlStorage

  constructor(storage: () => SqlStorage) {
    this.#tables = () => withTable(storage())
    for (const { key, requests, seconds, times } of this.#tables().exec<CountedRow>('select * from counted'))
      this.#windows.set(key, new SlidingWindow({ requests, windowSeconds: seconds }, JSON.parse(times) as number[]))
  }

  of(limit: NamedLimit): Kept {
    const key = `${limit.name}/${limit.windowSeconds}`
    const window = this.#windows.get(key) ?? new SlidingWindow(limit)
    window.requests = limit.requests
    this.#windows.set(key, window)
    return { name: limit.name, key, window }
  }

  count({ key, window }: Kept, now: number) {
    window.count(now)
    this.#unwritten.add(key)
  }

  release(key: string, at: number) {
    this.#windows.get(key)?.release(at)
    this.#unwritten.add(key)
  }

  /** Forgets what was counted in windows of these names; where a name ends in `@`, for whomever. */
  pardon(names: readonly string[]) {
    const isNamed = (key: string) => names.some((name) => key.startsWith(name.endsWith('@') ? name : `${name}/`))
    for (const [key, window] of this.#windows) {
      if (!isNamed(key)) continue
      window.clear()
      this.#unwritten.add(key)
    }
  }

  write(now: number) {
    const sql = this.#tables()
    for (const key of this.#unwritten) {
      const window = this.#windows.get(key)
      if (!window) continue
      const times = JSON.stringify(window.times(now).slice(-mostWritten))
      const row = [key, window.requests, window.windowSeconds, times]
      sql.exec('insert or replace into counted (key, requests, seconds, times) values (?, ?, ?, ?)', ...row)
    }
    this.#unwritten.clear()
  }

  /** Forgets windows in which nothing counts any more. Answers whether some are left. */
  forgetEmpty(now: number): boolean {
    for (const [key, window] of this.#windows) {
      if (window.times(now).length > 0) continue
      this.#windows.delete(key)
      this.#tables().exec('delete from counted where key = ?', key)
    }
    return this.#windows.size > 0
  }
}

type CountedRow = { key: string; requests: number; seconds: number; times: string }

/** It is gone again after the disk was given back. */
function withTable(sql: SqlStorage): SqlStorage {
  sql.exec(
    'create table if not exists counted (key text primary key, requests integer not null, seconds real not null, times text not null) strict',
  )
  return sql
}

/** The window with the least room, of several such the one that is full for longest. There must be one. */
export function tightest(kept: readonly Kept[], now: number) {
  const states = kept.map(({ name, window }) => ({
    name,
    limit: window.requests,
    remaining: window.remaining(now),
    windowSeconds: window.windowSeconds,
    resetMs: window.resetMs(now),
  }))
  const { resetMs, ...state } = states.reduce((a, b) =>
    (b.remaining - a.remaining || a.resetMs - b.resetMs) < 0 ? b : a,
  )
  return { ...state, resetSeconds: Math.ceil(resetMs / 1000) }
}
