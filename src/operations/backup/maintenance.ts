/** A restore has the database to itself for so long after its last step; then writes are let in again. */
const leaseMs = 5 * 60 * 1000

const leaseEnd = () => new Date(Date.now() + leaseMs).toISOString()

export const beginMaintenance = (d1: D1DatabaseSession) =>
  d1.prepare('insert or replace into maintenance (id, until) values (1, ?)').bind(leaseEnd())

/** Goes on with it; fails the batch when it has lapsed, as something may have been written since. */
export const keepMaintenance = (d1: D1DatabaseSession) => [
  d1.prepare('update maintenance set until = ? where until > ?').bind(leaseEnd(), new Date().toISOString()),
  d1.prepare('insert into expect_write select 0 where not (changes() > 0)'),
]

export const endMaintenance = (d1: D1DatabaseSession) => d1.prepare('delete from maintenance')

export async function hasLapsed(d1: D1DatabaseSession): Promise<boolean> {
  const row = await d1.prepare('select until from maintenance').first<{ until: string }>()
  return row === null || row.until <= new Date().toISOString()
}
