import { and, eq, exists, notExists, or, type SQLWrapper, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { course, courseRequirement } from '#/catalog/course/table.ts'
import { term, termTable } from '#/catalog/term/table.ts'
import { section, sectionTable } from '#/enrolling/section/table.ts'
import { enrollment, gradedSeat, isSeat, passedCourse } from './table.ts'

/** A student in a section, of the relation `wanted`. */
const wish = { section_id: sql<number>`w.section_id`, student_id: sql<number>`w.student_id` }

const one = { one: sql`1`.as('one') }

/**
 * What the courses of `wanted` places (a relation of section_id and student_id) ask of each student, and whether they have it, for the
 * batch of a decision.
 */
export const requirementsOf = (ctx: Pick<Context, 'db'>, wanted: SQLWrapper) =>
  ctx.db
    .select({
      section_id: wish.section_id.as('section_id'),
      student_id: wish.student_id.as('student_id'),
      kind: courseRequirement.kind,
      group_number: courseRequirement.group_number,
      course_id: courseRequirement.required_course_id,
      course_code: course.code,
      is_met: sql<number>`${or(hasPassed(ctx), sitsIn(ctx))}`.as('is_met'),
    })
    .from(courseRequirement)
    .innerJoin(section, eq(section.course_id, courseRequirement.course_id))
    .innerJoin(sql`${wanted} w`, eq(wish.section_id, section.id))
    .innerJoin(term, eq(term.id, section.term_id))
    .innerJoin(course, eq(course.id, courseRequirement.required_course_id))
    .orderBy(courseRequirement.kind, courseRequirement.group_number, course.code)

const hasPassed = ({ db }: Pick<Context, 'db'>) =>
  exists(
    db
      .select(one)
      .from(passedCourse)
      .where(
        and(
          eq(passedCourse.student_id, wish.student_id),
          eq(passedCourse.course_id, courseRequirement.required_course_id),
          sql`${passedCourse.percentage} >= coalesce(${courseRequirement.minimum_percentage}, 0)`,
        ),
      ),
  )

const taken = alias(sectionTable, 'taken')
const takenTerm = alias(termTable, 'taken_term')

/**
 * A prerequisite is met, too, by sitting in it in an earlier term, until that has its result: the registration audit looks at those again.
 * A corequisite is met also in the same term.
 */
const sitsIn = ({ db }: Pick<Context, 'db'>) =>
  exists(
    db
      .select(one)
      .from(enrollment)
      .innerJoin(taken, eq(taken.id, enrollment.section_id))
      .innerJoin(takenTerm, eq(takenTerm.id, taken.term_id))
      .where(
        and(
          eq(enrollment.student_id, wish.student_id),
          isSeat(enrollment.status),
          eq(taken.course_id, courseRequirement.required_course_id),
          or(
            sql`${takenTerm.start_date} < ${term.start_date}`,
            and(sql`${courseRequirement.kind} = 'corequisite'`, eq(takenTerm.id, term.id)),
          ),
          notExists(
            db
              .select(one)
              .from(gradedSeat)
              .where(and(eq(gradedSeat.student_id, wish.student_id), eq(gradedSeat.section_id, taken.id))),
          ),
        ),
      ),
  )
