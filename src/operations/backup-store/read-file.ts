import type { Context } from '#/platform/context.ts'
import { recordAct } from '#/platform/audit/record-act.ts'
import { describe, log } from '#/platform/log.ts'
import { ApiError } from '#/platform/errors.ts'
import { errors } from './errors.ts'
import { headerOf, readIndex, readSegment } from './store.ts'

/**
 * A backup as one file: the header, then every segment. Who took it is on record. Memory holds one segment; what breaks breaks off the transfer.
 * Throws BACKUP_NOT_FOUND, and BACKUP_DAMAGED where its index is none.
 */
export async function readFile(ctx: Context, name: string) {
  const { index, summary } = await readIndex(ctx, name)
  if (index.header === '') throw new ApiError(errors.BACKUP_DAMAGED)
  await recordAct(ctx, { entity: 'backup', id: name, changes: { bytes: { new: summary.bytes } } })
  let next = 0
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(headerOf(index)),
      async pull(controller) {
        try {
          const segment = index.segments[next]
          if (!segment) return controller.close()
          const bytes = await readSegment(ctx, segment)
          if (!bytes) throw new Error(`segment ${next} is gone`)
          controller.enqueue(bytes)
          next += 1
        } catch (error) {
          log('error', 'download_broken_off', { backup: name, request_id: ctx.requestId, ...describe(error) })
          controller.error(new Error('download broken off'))
        }
      },
    },
    { highWaterMark: 0 },
  )
  return { body, filename: `${name}.lyceum` }
}
