import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'

const files = readdirSync('migrations')
  .filter((name) => name.endsWith('.sql'))
  .toSorted()
const marks = files.find((name) => name.endsWith('_skeletons_of_two_more_scripts.sql'))!
const at = '2026-01-10T08:00:00.000Z'

test('rows with Cyrillic or Georgian letters are taken up by the job, others stay as they are', () => {
  const db = new DatabaseSync(':memory:')
  for (const name of files.filter((one) => one < marks)) db.exec(readFileSync(`migrations/${name}`, 'utf8'))
  const rows = ['шевченко\n ', 'ёлкин ivan\n IVAN', 'ґалаґан\n ', 'ბერიძე\n ', 'ρηγα\n RIGA', 'riga ş\n RIGA', 'ρηγα']
  for (const [i, text] of rows.entries()) {
    const values = [`S${i}`, `s${i}@x`, text, at, at]
    db.prepare(
      "insert into student (student_number, first_name, last_name, email, enrollment_date, search_text, created_at, updated_at) values (?, 'N', 'L', ?, '2025-09-01', ?, ?, ?)",
    ).run(...values)
    db.prepare("insert into program (code, title, search_text, created_at, updated_at) values (?, 'T', ?, ?, ?)").run(
      `P${i}`,
      text,
      at,
      at,
    )
  }
  db.exec(readFileSync(`migrations/${marks}`, 'utf8'))
  for (const table of ['student', 'program']) {
    const kept = db.prepare(`select search_text as text, version from ${table} order by id`).all()
    expect(kept.map((row) => ({ ...row }))).toEqual(
      rows.map((text, i) => ({ text: i < 4 ? text.replace('\n', ' ') : text, version: 1 })),
    )
  }
})
