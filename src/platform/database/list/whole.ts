import type { Page } from './list.ts'

/** A list that comes whole, as the one page of it. */
export const whole = <Row>(items: Row[]): Page<Row> => ({
  items,
  total: items.length,
  page: 1,
  page_size: Math.max(items.length, 1),
  total_pages: Math.min(items.length, 1),
  has_next: false,
  has_previous: false,
  next_cursor: null,
})
