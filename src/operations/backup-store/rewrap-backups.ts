import type { Context } from '#/platform/context.ts'
import { recordAct } from '#/platform/audit/record-act.ts'
import { rewrapHeader } from '#/operations/backup-file/index.ts'
import { currentKey, ringOf } from './keys.ts'
import { headerOf, listBackups, readIndex, replaceIndex } from './store.ts'

/**
 * Puts the data keys of all backups under the current key, so that older ones can leave the ring. The backups themselves are not
 * touched. Those whose key is missing are named and stay as they are.
 */
export async function rewrapBackups(ctx: Context) {
  const current = await currentKey(ctx)
  const ring = ringOf(ctx)
  const others = (await listBackups(ctx)).filter(({ kid }) => kid !== current.kid)
  const lost = others.filter(({ kid }) => !ring.some((key) => key.kid === kid))
  const rewrapped: string[] = []
  for (const { name } of others.filter((backup) => !lost.includes(backup))) {
    const { index, summary, etag } = await readIndex(ctx, name)
    const old = headerOf(index)
    const header = await rewrapHeader(old, ring, current)
    const bytes = summary.bytes - old.length + header.length
    await replaceIndex(ctx, { ...index, header: header.toBase64() }, { ...summary, kid: current.kid, bytes }, etag)
    rewrapped.push(name)
  }
  await recordAct(ctx, { entity: 'backup_key', id: current.kid, changes: { rewrapped: { new: rewrapped } } })
  return { kid: current.kid, rewrapped, missing: lost.map(({ name, kid }) => ({ name, kid })) }
}
