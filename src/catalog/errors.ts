import * as scheme from './scheme/errors.ts'
import * as program from './program/errors.ts'
import * as clash from './clash/errors.ts'
import * as course from './course/errors.ts'
import * as term from './term/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = { ...scheme.errors, ...program.errors, ...clash.errors, ...course.errors, ...term.errors }
export const constraints = { ...scheme.constraints, ...program.constraints, ...course.constraints, ...term.constraints }
