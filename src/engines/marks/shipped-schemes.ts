import type { Band, GradingScheme } from './scheme.ts'

/** Domain rule: letters. A+ 90, A 85, B+ 80, B 75, C+ 70, C 65, D 60, F. */
export const letters: GradingScheme = {
  code: 'letters',
  scale_max: '100',
  step: '0.01',
  rounding: 'half_up',
  pass_minimum: '60',
  bands: [
    pass('90', 'A+'),
    pass('85', 'A'),
    pass('80', 'B+'),
    pass('75', 'B'),
    pass('70', 'C+'),
    pass('65', 'C'),
    pass('60', 'D'),
    fail('F'),
  ],
}

/** Domain rule: letters-fine. A+ 97, A 93, A- 90, B+ 87, B 83, B- 80, C+ 77, C 70, D 60, F. */
export const lettersFine: GradingScheme = {
  code: 'letters-fine',
  scale_max: '100',
  step: '0.01',
  rounding: 'half_up',
  pass_minimum: '60',
  bands: [
    pass('97', 'A+'),
    pass('93', 'A'),
    pass('90', 'A-'),
    pass('87', 'B+'),
    pass('83', 'B'),
    pass('80', 'B-'),
    pass('77', 'C+'),
    pass('70', 'C'),
    pass('60', 'D'),
    fail('F'),
  ],
}

/** Domain rule: greek-20, value = percentage / 5. A 18, B 15, C 12, D 10, below that F; the pass mark may be 9.5. */
export const greek20: GradingScheme = {
  code: 'greek-20',
  scale_max: '20',
  step: '0.01',
  rounding: 'half_up',
  pass_minimum: '50',
  bands: [pass('90', 'A'), pass('75', 'B'), pass('60', 'C'), pass('50', 'D'), fail('F')],
}

/** Domain rule: greek-10, value = percentage / 10. Excellent 8.5, very good 6.5, good 5, which is the pass mark. */
export const greek10: GradingScheme = {
  code: 'greek-10',
  scale_max: '10',
  step: '0.01',
  rounding: 'half_up',
  pass_minimum: '50',
  bands: [pass('85', 'excellent'), pass('65', 'very good'), pass('50', 'good'), fail('fail')],
}

export const shippedSchemes: readonly GradingScheme[] = [letters, lettersFine, greek20, greek10]

function pass(minimum: string, letter: string): Band {
  return { minimum, letter, points: null, passing: true }
}

function fail(letter: string): Band {
  return { minimum: '0', letter, points: null, passing: false }
}
