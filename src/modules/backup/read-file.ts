import type { Context } from '../../context.ts'
import { describe, log } from '../../log.ts'
import { headerOf, readIndex, readSegment } from './store.ts'

/** A backup as one file: the header, then every segment. Memory holds one of them; what breaks breaks off the transfer. */
export async function readFile(ctx: Context, name: string) {
  const { index } = await readIndex(ctx, name)
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
