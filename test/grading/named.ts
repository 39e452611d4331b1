import type { World } from '../world.ts'

/** A section as answers name it. */
export async function sectionNamed({ registrar }: World, id: number) {
  const { course_code, term_code, number } = (await registrar.get(`/sections/${id}`)).data
  return { section_id: id, course_code, term_code, section_number: number }
}

/** Students as answers name them. */
export async function studentsNamed({ registrar }: World, ids: readonly number[]) {
  const named = []
  for (const id of ids) {
    const { student_number, last_name, first_name } = (await registrar.get(`/students/${id}`)).data
    named.push({ student_id: id, student_number, student_name: `${last_name!} ${first_name!}` })
  }
  return named
}
