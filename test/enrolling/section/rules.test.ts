import { expect, test } from 'vitest'
import { clash, overlaps } from '#/enrolling/section/rules.ts'

const monday = (start: string, end: string) => ({ weekday: 1, start, end })

test.each([
  ['one after the other', monday('09:00', '11:00'), monday('11:00', '12:00'), false],
  ['with a pause', monday('09:00', '10:00'), monday('11:00', '12:00'), false],
  ['a minute in common', monday('09:00', '11:01'), monday('11:00', '12:00'), true],
  ['one within the other', monday('09:00', '12:00'), monday('10:00', '11:00'), true],
  ['the same', monday('09:00', '11:00'), monday('09:00', '11:00'), true],
  ['the same hours of another day', monday('09:00', '11:00'), { ...monday('09:00', '11:00'), weekday: 2 }, false],
])('meetings, %s, clash or not whichever is named first', (_, one, other, expected) => {
  expect([overlaps(one, other), overlaps(other, one)]).toEqual([expected, expected])
  expect([clash([one, other]), clash([other, one])]).toEqual([expected, expected])
})
