import { beforeAll, describe, expect, test } from 'vitest'
import { runTasks } from '#/platform/words.ts'
import { everyWork } from '#/platform/work/work-kind.ts'
import '#/worker.ts'
import { smallSteps } from '../exchange/import/small-steps.ts'
import { freshStorage } from '../schema.ts'
import { type World, world } from '../world.ts'
import { immortal, type Life, untilEffect } from '../platform/work/mortal.ts'
import { Queue, recoveries } from '../platform/work/runs.ts'
import { samples } from '../platform/work/samples.ts'
import { newId } from '#/platform/context.ts'

smallSteps(500)

test('every kind of work has its samples', () => {
  expect(Object.keys(samples).toSorted()).toEqual([...everyWork.keys()].toSorted())
  expect(Object.keys(samples['backup.work']!)).toEqual([...runTasks])
})

const every = Object.entries(samples).flatMap(([type, kinds]) =>
  Object.entries(kinds).map(([name, sample]) => ({ name, work: everyWork.get(type)!, sample })),
)

describe.each(every)('$name', ({ work, sample }) => {
  // A database of their own: what restores or reads all of it is not kept up by what others have left there.
  let w: World
  beforeAll(async () => {
    await freshStorage()
    w = await world()
  })

  /** Begins a run whose message waits in a queue of its own, and works on it until it has ended or the worker dies. */
  async function begun(life: Life) {
    const queue = new Queue()
    const { id, outcome } = await sample.begin(w, queue.context())
    queue.messages.splice(0, Infinity, { id: newId(), ...work.message(id) })
    await queue.empty(life)
    return { queue, id, outcome }
  }

  let effects: number
  let undisturbed: unknown
  let steps: number
  beforeAll(async () => {
    const life = immortal()
    const { id, outcome } = await begun(life)
    effects = life.effects
    steps = (await work.find(new Queue().context(), id))!.step
    undisturbed = await outcome()
  }, 60_000)

  test.each(Object.entries(recoveries).map(([name, recover], place) => ({ name, recover, place })))(
    'of a worker that dies after each thing it did, $name, loses nothing and does nothing twice',
    async ({ recover, place }) => {
      expect(effects).toBeGreaterThanOrEqual(steps)
      const deaths = Array.from({ length: effects }, (_, n) => n + 1)
      // Of long work the recoveries take turns.
      for (const death of deaths.filter((n) => effects <= 12 || n % 3 === place)) {
        const life = untilEffect(death)
        const { queue, id, outcome } = await begun(life)
        expect([death, life.isOver]).toEqual([death, true])
        const run = (await work.find(queue.context(), id))!
        await recover(queue, work, run)
        await queue.empty()
        const isGivenUp = recover === recoveries['that is given up and sent again'] && run.finished_at === null
        expect([death, await outcome()]).toEqual([death, (isGivenUp && sample.givenUp) || undisturbed])
      }
    },
    120_000,
  )

  test('that is delivered three times at once has the effect of once', async () => {
    const queue = new Queue()
    const { id, outcome } = await sample.begin(w, queue.context())
    const copies = Array.from({ length: 3 }, () => {
      const copy = new Queue()
      copy.messages.push({ id: newId(), ...work.message(id) })
      return copy
    })
    await Promise.all(copies.map((copy) => copy.empty()))
    expect(await outcome()).toEqual(undisturbed)
  }, 60_000)
})
