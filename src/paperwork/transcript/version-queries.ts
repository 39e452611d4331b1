import { type SQL, sql } from 'drizzle-orm'
import { schemeTable } from '#/catalog/scheme/table.ts'
import { program } from '#/catalog/program/table.ts'
import { termTable } from '#/catalog/term/table.ts'
import { hold } from '#/enrolling/hold/table.ts'
import { sectionTable } from '#/enrolling/section/table.ts'
import { result } from '#/grading/result/table.ts'
import { student } from '#/people/student/table.ts'

/**
 * The versions of every row that a transcript is made of, as one text: student, program, holds, official results with what their
 * sections were called, and terms. It differs as soon as one of them has changed, come or gone.
 */
export const recordVersion = (studentId: number | SQL) => {
  const person = sql`select json_array(${student.id}, ${student.version}, ${program.id}, ${program.version})
    from ${student} left join ${program} on ${program.id} = ${student.program_id} where ${student.id} = ${studentId}`
  const holds = sql`select json_group_array(json_array(${hold.id}, ${hold.version}) order by ${hold.id})
    from ${hold} where ${hold.student_id} = ${studentId}`
  const results = sql`select json_group_array(json_array(${result.id}, ${result.version}, ${sectionTable.course_id}, ${termTable.id},
      ${termTable.version}) order by ${result.id})
    from ${result} join ${sectionTable} on ${sectionTable.id} = ${result.section_id}
    join ${termTable} on ${termTable.id} = ${sectionTable.term_id}
    where ${result.student_id} = ${studentId} and ${result.state} <> 'draft'`
  const schemes = sql`select json_group_array(json_array(${schemeTable.id}, ${schemeTable.version}) order by ${schemeTable.id})
    from ${schemeTable} where ${schemeTable.deleted_at} is null`
  return sql<string>`(select json_array((${person}), (${holds}), (${results}), (${schemes})))`
}
