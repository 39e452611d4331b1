import * as z from 'zod'
import type { Consumer } from './consumer.ts'
import type { Sent } from './message.ts'
import { route } from './queues.ts'

export type Shape = Readonly<Record<string, z.ZodType>>

/** A message with these fields as its consumer gets it. `id` is its outbox row, the same each time it is delivered or sent again. */
export type Body<Fields extends Shape> = { id: string; type: string } & z.output<z.ZodObject<Fields>>

/** A type of message: what it holds, and what is done with it. */
export interface MessageType {
  type: string
  schema: z.ZodType<Sent>
  consumer: Consumer<Sent>
}

/** Declares what travels through the queue under a type, as ids: no message holds personal data. */
export const messageType = <Fields extends Shape>(
  type: string,
  fields: Fields,
  consumer: Consumer<Body<Fields>>,
): MessageType => {
  route(type, consumer.queue ?? 'work')
  return {
    type,
    schema: z.object({ id: z.string(), type: z.literal(type), ...fields }) as unknown as z.ZodType<Sent>,
    consumer: consumer as unknown as Consumer<Sent>,
  }
}

/** Every type of message that there is, by name. */
export type MessageTypes = ReadonlyMap<string, MessageType>

/** A type has one consumer: another one is refused. */
export function messageTypesOf(all: readonly MessageType[]): MessageTypes {
  const types = new Map(all.map((one) => [one.type, one]))
  const twice = all.find((one) => types.get(one.type) !== one)
  if (twice) throw new Error(`${twice.type} has two consumers`)
  return types
}

/** The type that a body claims to be of, when there is such a type. */
export function claimedType(types: MessageTypes, body: unknown): MessageType | undefined {
  const type = (body as { type?: unknown } | null)?.type
  return typeof type === 'string' ? types.get(type) : undefined
}

/** A body with what its type declares and nothing else, and its consumer; undefined for one that no type fits. */
export function readMessage(types: MessageTypes, body: unknown) {
  const type = claimedType(types, body)
  const message = type?.schema.safeParse(body).data
  return type && message && { message, consumer: type.consumer }
}
