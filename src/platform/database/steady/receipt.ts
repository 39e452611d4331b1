/** A statement with its text. */
export interface Sent {
  text: string
  inner: D1PreparedStatement
}

/** How a batch that writes is known again after a fault. It is a row of the same batch, so it is there when the batch was committed. */
export interface Receipt {
  /** Ends the batch. Of two that carry it one fails: an attempt that was given up may still arrive. */
  signed: D1PreparedStatement
  /** What the committed batch would have answered; undefined when it was not committed. */
  recover: (sent: readonly Sent[]) => Promise<D1Result[] | undefined>
}

/** Its SQL is text: it stands beneath Drizzle, in the session that Drizzle is given. */
export function newReceipt(session: D1DatabaseSession): Receipt {
  const of = [new Date().toISOString(), crypto.randomUUID()]
  const prepare = (text: string) => session.prepare(text).bind(...of)
  return {
    signed: prepare('insert into write_receipt (at, id, audit_id) values (?, ?, (select id from written_act))'),
    recover: async (sent) => {
      const reads = sent.filter(isRead)
      // `written_entity` names what this write changed, not what others have changed since.
      const [, found, ...again] = await session.batch([
        prepare(
          'insert into write_recovery (audit_id) select coalesce(audit_id, 0) from write_receipt where at = ? and id = ?',
        ),
        session.prepare('select audit_id from write_recovery'),
        ...reads.map(({ inner }) => inner),
        session.prepare('delete from write_recovery'),
      ])
      if (found!.results.length === 0) return undefined
      return sent.map((one) => (isRead(one) ? again[reads.indexOf(one)]! : nothing))
    },
  }
}

const read = /^\s*(?:select|explain|values|pragma)\b/i
const reading = /^\s*with\b(?![\s\S]*\b(?:insert|update|delete)\b)/i

/** A statement that changes nothing, so that it may be sent any number of times. */
export const isRead = ({ text }: Pick<Sent, 'text'>): boolean => read.test(text) || reading.test(text)

/** Rows that a writing statement returned are lost with the answer: what a use case needs of them it reads in the same batch. */
const nothing: D1Result = {
  success: true,
  results: [],
  meta: { duration: 0, size_after: 0, rows_read: 0, rows_written: 0, last_row_id: 0, changed_db: true, changes: 0 },
}
