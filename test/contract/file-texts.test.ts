import { beforeAll, expect, test } from 'vitest'
import { getTableName } from 'drizzle-orm'
import type { DeclaredError } from '#/platform/errors.ts'
import { languages } from '#/platform/words.ts'
import { importEntities } from '#/exchange/imported-entity/index.ts'
import { constraints } from '#/wiring/catalogue.ts'
import { csv, importFile } from '../exchange/import/files.ts'
import { testEnv, type World, world } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Texts of a file that name an id, and why. */
const withId: Record<string, string> = {
  STUDENT_ARCHIVED: 'a deleted record is restored by its id, which no list shows',
  TERM_IN_USE: 'no file deletes a term',
}

const isId = (name: string) => name === 'id' || name.endsWith('_id')
const idsIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).filter(isId)

/** What a line of a file may be refused for: by the checks of its kind, and by the constraints of its table. */
async function refusals(): Promise<DeclaredError[]> {
  const { results } = await testEnv.DB.prepare(
    "select tbl_name, sql from sqlite_schema where type in ('table', 'trigger')",
  ).all<{
    tbl_name: string
    sql: string
  }>()
  return Object.values(importEntities).flatMap(({ entity, checks = [], wholeChecks = [], warnings = [] }) => {
    const table = getTableName(entity.table)
    const text = results.flatMap(({ tbl_name, sql }) => (tbl_name === table ? [sql] : [])).join('\n')
    const own = Object.entries(constraints).filter(([name]) => new RegExp(`\\b${name}\\b`).test(text))
    return [...[...checks, ...wholeChecks, ...warnings].map(({ error }) => error), ...own.map(([, error]) => error)]
  })
}

test('what is said of a line of a file names no id that the file does not know', async () => {
  const all = await refusals()
  expect(all.length).toBeGreaterThan(60)
  const unknown = all.filter((error) =>
    languages.some((language) => idsIn((error.inFile ?? error)[language]).length > 0),
  )
  expect([...new Set(unknown.map(({ code }) => code))].toSorted()).toEqual(Object.keys(withId).toSorted())
  for (const { inFile } of all)
    if (inFile) expect(inFile.el.match(/\{\w+\}/g)?.toSorted()).toEqual(inFile.en.match(/\{\w+\}/g)?.toSorted())
})

test('who is not in the section is named by the number of the file', async () => {
  const { course_code, term_code, number: section_number } = await w.section()
  const { student_number } = await w.student()
  const row = { course_code, term_code, section_number, student_number }
  const { data } = await importFile(w.registrar, 'attendance', csv([{ ...row, date: '2026-10-05', status: 'present' }]))
  expect(data.errors[0]?.message).toBe(
    `The student ${student_number} is not enrolled in this section. Have the student enrolled first.`,
  )
})

test('what is archived is named by the code of the file', async () => {
  const [course, program, term] = [await w.course(), await w.program(), await w.term()]
  await w.registrar.post(`/courses/${course.id}/archive`)
  await w.registrar.post(`/programs/${program.id}/archive`)
  const section = await importFile(
    w.registrar,
    'sections',
    csv([{ course_code: course.code, term_code: term.code, number: '1', capacity: 5 }]),
  )
  const person = {
    student_number: `F${course.id}`,
    first_name: 'A',
    last_name: 'B',
    email: `f${course.id}@example.org`,
  }
  const student = await importFile(w.registrar, 'students', csv([{ ...person, program_code: program.code }]))
  expect([section, student].map(({ data }) => data.errors[0]?.message)).toEqual([
    `The course ${course.code} is archived and takes no new sections. Choose another, or unarchive it first.`,
    `The program ${program.code} is archived and takes no new students. Choose another, or unarchive it first.`,
  ])
})
