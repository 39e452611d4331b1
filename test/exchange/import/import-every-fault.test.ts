import { beforeAll, describe, expect, test } from 'vitest'
import { entityNames } from '#/exchange/imported-entity/schema.ts'
import { type World, world } from '../../world.ts'
import { type Fault, type Faulty, faulty } from './faults.ts'
import { csv, importFile, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const agree = (one: Fault, other: Fault) =>
  one.at !== other.at &&
  Object.entries(one.given).every(([name, value]) => !(name in other.given) || other.given[name] === value) &&
  !one.hides?.includes(other.at) &&
  !other.hides?.includes(one.at)

const pairs = (faults: readonly Fault[]) =>
  faults.flatMap((one, i) => faults.slice(i + 1).flatMap((other) => (agree(one, other) ? [[one, other]] : [])))

/** As many as can be given together, from this one on. */
function together(faults: readonly Fault[], from: number): Fault[] {
  const chosen: Fault[] = []
  for (const one of [...faults.slice(from), ...faults.slice(0, from)])
    if (chosen.every((other) => agree(one, other))) chosen.push(one)
  return chosen
}

/** What a line with these faults is not told of them. */
async function untold(entity: string, line: object, faults: readonly Fault[]) {
  const row = Object.assign({}, line, ...faults.map(({ given }) => given)) as Record<string, unknown>
  const told = problems(await importFile(w.registrar, entity, csv([row]), { query: '?dry_run=true' }))
  const isTold = ({ at, code }: Fault) => told.some(([, field, said]) => field === at && said === code)
  const missed = faults.filter((fault) => !isTold(fault)).map(({ at, code }) => `${at}: ${code}`)
  return missed.length > 0 ? [{ given: faults.map(({ given }) => given), missed, told }] : []
}

test('every kind of row that is imported is tried', () => {
  expect(Object.keys(faulty)).toEqual([...entityNames])
})

describe.each(Object.keys(faulty))('a line of %s', (entity) => {
  let of: Faulty
  beforeAll(async () => {
    of = await faulty[entity]!(w)
  })

  test('is sound without them', async () => {
    for (const line of [of.fresh(), ...(of.there ? [of.there()] : [])]) {
      const answer = await importFile(w.registrar, entity, csv([line]), { query: '?dry_run=true' })
      expect(problems(answer)).toEqual([])
    }
  })

  test('is told every fault and every two of them, by column', async () => {
    const found: unknown[] = []
    for (const some of [...of.faults.map((one) => [one]), ...pairs(of.faults)])
      found.push(...(await untold(entity, of.fresh(), some)))
    expect(found).toEqual([])
  })

  test('is told all of them at once, a new row or one that is there', async () => {
    const found: unknown[] = []
    for (const [from] of of.faults.entries())
      found.push(...(await untold(entity, of.fresh(), together(of.faults, from))))
    const all = [...(of.changing ?? []), ...of.faults]
    for (const [from] of of.there ? all.entries() : [])
      found.push(...(await untold(entity, of.there!(), together(all, from))))
    expect(found).toEqual([])
  })
})
