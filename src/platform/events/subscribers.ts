import type { Changes } from '#/platform/audit/table.ts'
import type { Context } from '#/platform/context.ts'
import type { Message } from '#/platform/queue/message.ts'
import type { Happening } from './event.ts'
import type { Reaction, Subscription } from './subscriptions.ts'

let bound: ReadonlyMap<string, readonly Subscription[]> = new Map()

/** Hands over who subscribes to which event, once, at start. Nobody subscribes twice to one event. */
export function bindSubscribers(subscriptions: readonly Subscription[]): void {
  const keys = subscriptions.map((one) => ('subscriber' in one ? one.subscriber : one.message.type))
  subscriptions.forEach(({ event }, i) => {
    const isTwice = subscriptions.some((other, j) => j < i && other.event === event && keys[j] === keys[i])
    if (isTwice) throw new Error(`${event} has a subscriber twice`)
  })
  bound = Map.groupBy(subscriptions, ({ event }) => event)
}

/** What the subscribers of these events add to the write that tells them. Without subscribers it costs nothing. */
export async function reactionsTo(ctx: Context, events: readonly Happening[]) {
  const reached = events.flatMap(({ type, fields }) =>
    (bound.get(type) ?? []).map((subscription) => ({ subscription, fields })),
  )
  const messages = reached.flatMap(({ subscription, fields }): Message[] =>
    'message' in subscription ? [{ type: subscription.message.type, ...fields }] : [],
  )
  const reactions: Reaction[] = await Promise.all(
    reached.flatMap(({ subscription, fields }) =>
      'subscriber' in subscription ? [subscription.subscriber(ctx, fields)] : [],
    ),
  )
  const changes: Changes = Object.assign({}, ...reactions.map((one) => one.changes))
  return {
    messages,
    also: reactions.flatMap(({ also = [] }) => also),
    changes,
    named: reactions.flatMap(({ named }) => named ?? []),
    answers: reactions.flatMap(({ answer = {} }) => Object.entries(answer)),
  }
}
