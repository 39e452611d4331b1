import { expect, test } from 'vitest'
import { grown } from '../../platform/metrics/scrape.ts'
import { world } from '../../world.ts'

test('a seat costs as much in a term of many sections as in one of few', async () => {
  const w = await world()
  const student = await w.student()
  const rowsRead = async (sections: number) => {
    const term = await w.term()
    const [first] = await Promise.all(Array.from({ length: sections }, () => w.section({ term_id: term.id })))
    const read = await grown(() => w.enroll(first!.id, student.id))
    return read('db_rows_read_total')
  }
  const [few, many] = [await rowsRead(2), await rowsRead(60)]
  expect(few).toBeGreaterThan(0)
  expect(many - few).toBeLessThan(20)
})
