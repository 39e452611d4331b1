import { DurableObject } from 'cloudflare:workers'
import {
  continued,
  emptyLine,
  isIdle,
  keptMs,
  type Line,
  msEach,
  positionOf,
  relaxed,
  servedAt,
  strained,
  turnOf,
  type TurnstileRule,
  waitingIn,
} from './rules.ts'

/** Where an account stands in a line. */
export interface Standing {
  /** How many wait. */
  waiting: number
  /** Null without a place. */
  place: {
    /** 0 when the turn has come. */
    position: number
    waitMs: number
    /** When the admission is over, epoch ms. */
    until: number
  } | null
}

type Kept = { number: number; turn: number | null }

/**
 * One object for each term that lets students in by turns. It gives each account a number, first come, first served, and serves so many of
 * them a minute. What it knows is on disk before it answers: an eviction takes nobody's place.
 */
export class Turnstile extends DurableObject {
  #line: Line

  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    const [kept] = this.#tables().exec<{ line: string }>('select line from line').toArray()
    this.#line = kept ? (JSON.parse(kept.line) as Line) : emptyLine
  }

  /** The account's place, or a new one at the end of the line. */
  async take(account: number, rule: TurnstileRule): Promise<Standing> {
    const now = Date.now()
    this.#follow(rule, now)
    if (!this.#placeOf(account, now)) {
      if (isIdle(this.#line, now)) this.#continue(now)
      const number = this.#line.last + 1
      this.#keep({ ...this.#line, last: number })
      const turn = turnOf(this.#line, number) <= now ? now : null
      const insert = 'insert or replace into place (account, number, turn) values (?, ?, ?)'
      this.#tables().exec(insert, account, number, turn)
      await this.#wakeToForget(now)
    }
    return this.#standing(account, now)
  }

  /** Where an account stands; null is none of them. */
  look(account: number | null, rule: TurnstileRule): Standing {
    const now = Date.now()
    this.#follow(rule, now)
    return this.#standing(account, now)
  }

  /** Somebody who was let in had to wait for the database. */
  strain(): void {
    const now = Date.now()
    const share = strained(this.#line, now)
    if (share !== this.#line.share) this.#continue(now, { share, changed: now, heard: now })
    else this.#keep({ ...this.#line, heard: now })
  }

  /** Now and then, as long as there are places: forgets those that are over. Without any the object gives its disk back. */
  override async alarm() {
    const now = Date.now()
    this.#noteTurns(now)
    const sql = this.#tables()
    sql.exec('delete from place where turn < ?', now - keptMs)
    const { kept } = sql.exec<{ kept: number }>('select count(*) as kept from place').one()
    if (kept > 0) return this.#wakeToForget(now)
    this.#line = emptyLine
    return this.ctx.storage.deleteAll()
  }

  #standing(account: number | null, now: number): Standing {
    const waiting = waitingIn(this.#line, now)
    const place = account === null ? undefined : this.#placeOf(account, now)
    if (!place) return { waiting, place: null }
    const { number } = place
    const turn = place.turn ?? turnOf(this.#line, number)
    const position = turn <= now ? 0 : positionOf(this.#line, number, now)
    return { waiting, place: { position, waitMs: Math.max(0, turn - now), until: turn + keptMs } }
  }

  /** A place that is not over. */
  #placeOf(account: number, now: number): Kept | undefined {
    const query = 'select number, turn from place where account = ?'
    const [place] = this.#tables().exec<Kept>(query, account).toArray()
    return place && now < (place.turn ?? turnOf(this.#line, place.number)) + keptMs ? place : undefined
  }

  /** What the term says by now, and whether the database takes more again. */
  #follow({ pace, opens }: TurnstileRule, now: number) {
    const line = this.#line
    const share = relaxed(line, now)
    if (share !== line.share) this.#continue(now, { share, changed: now })
    if (pace !== line.pace || opens !== line.opens) this.#continue(now, { pace, opens })
  }

  #continue(now: number, changes: Partial<Line> = {}) {
    this.#noteTurns(now)
    this.#keep(continued(this.#line, now, changes))
  }

  /** Writes down whose turn has come so far: the line says it of the present pace only. */
  #noteTurns(now: number) {
    const { at, served } = this.#line
    // To the millisecond what `turnOf` says.
    this.#tables().exec(
      `update place set turn = come.turn from (
         select account, ? + cast(after as integer) + (after > cast(after as integer)) as turn
         from (select account, (number - ?) * ? as after from place where turn is null and number <= ?)
       ) come where come.account = place.account and come.turn <= ?`,
      at,
      served,
      msEach(this.#line),
      servedAt(this.#line, now) + 1,
      now,
    )
  }

  #keep(line: Line) {
    this.#line = line
    this.#tables().exec('insert or replace into line (one, line) values (1, ?)', JSON.stringify(line))
  }

  async #wakeToForget(now: number) {
    const { storage } = this.ctx
    if ((await storage.getAlarm()) === null) await storage.setAlarm(now + keptMs)
  }

  /** They are gone again after the disk was given back. */
  #tables(): SqlStorage {
    const { sql } = this.ctx.storage
    sql.exec('create table if not exists line (one integer primary key, line text not null) strict')
    sql.exec(
      'create table if not exists place (account integer primary key, number integer not null, turn integer) strict',
    )
    sql.exec('create index if not exists place_before_its_turn on place (number) where turn is null')
    return sql
  }
}
