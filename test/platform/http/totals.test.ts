import { beforeAll, describe, expect, test } from 'vitest'
import { testEnv, type World, world } from '../../world.ts'

const many = 10_050

let w: World
beforeAll(async () => {
  w = await world()
  await testEnv.DB.prepare(
    `insert into student (student_number, first_name, last_name, email, study_year, enrollment_date, search_text, created_at, updated_at)
     select 'T-' || value, 'Name', 'Surname', 't' || value || '@lyceum.test', 1 + (value <= 10000), '2024-09-20', 'surname',
       '2024-09-20T00:00:00.000Z', '2024-09-20T00:00:00.000Z'
     from (with recursive n (value) as (select 1 union all select value + 1 from n where value < ?) select value from n)`,
  )
    .bind(many)
    .run()
})

const total = async (query: string) => {
  const { data } = await w.registrar.get(`/students?page_size=10&${query}`)
  const { total, total_is_minimum, total_pages } = data
  return { total, total_is_minimum, total_pages }
}
const exactly = (rows: number) => ({
  total: rows,
  total_is_minimum: undefined,
  total_pages: Math.ceil(rows / 10),
})
const atLeast = { total: 10_000, total_is_minimum: true, total_pages: 1000 }

describe('a total', () => {
  test('is exact without conditions, however many rows there are', async () => {
    expect(await total('')).toEqual(exactly(many))
    expect(await total('ordering=-id&page=3')).toEqual(exactly(many))
  })

  test('is exact up to 10,000 with conditions, and says where there are more', async () => {
    expect(await total('study_year=2')).toEqual(exactly(10_000))
    expect(await total('study_year=1')).toEqual(exactly(50))
    expect(await total('study_year__gte=1')).toEqual(atLeast)
    expect(await total('search=surname')).toEqual(atLeast)
  })

  test('is exact beyond that for those who ask for it', async () => {
    expect(await total('study_year__gte=1&count=exact')).toEqual(exactly(many))
    expect(await total('search=surname&count=exact')).toEqual(exactly(many))
    expect(await total('count=exact')).toEqual(exactly(many))
  })

  test('counts up to 10,000 rows where nothing is kept, as after a restore', async () => {
    await testEnv.DB.prepare('delete from row_count').run()
    expect(await total('')).toEqual(atLeast)
    expect(await total('count=exact')).toEqual(exactly(many))
  })
})
