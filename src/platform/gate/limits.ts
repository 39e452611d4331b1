import type { Actor } from '#/platform/context.ts'
import type { LimitClass } from '#/platform/words.ts'
import type { RateLimit } from './sliding-window.ts'

type Tier = Actor['tier']

const perMinute = (requests: number): RateLimit => ({ requests, windowSeconds: 60 })
const perHour = (requests: number): RateLimit => ({ requests, windowSeconds: 3600 })
const same = (...limits: RateLimit[]) => ({ free: limits, pro: limits, enterprise: limits })

/** Requests by class and tier. Every window of a class must have room. */
export const limits: Record<LimitClass, Record<Tier, readonly RateLimit[]>> = {
  auth: same(perMinute(5), perHour(50)),
  read: { free: [perMinute(300)], pro: [perMinute(600)], enterprise: [perMinute(3000)] },
  write: { free: [perMinute(100)], pro: [perMinute(200)], enterprise: [perMinute(1000)] },
  heavy: { free: [perMinute(10)], pro: [perMinute(30)], enterprise: [perMinute(100)] },
  chat: {
    free: [perMinute(30), perHour(500)],
    pro: [perMinute(100), perHour(2000)],
    enterprise: [perMinute(500), perHour(10_000)],
  },
  public: same(perMinute(120)),
}
