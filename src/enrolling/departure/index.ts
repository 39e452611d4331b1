export { endingSeatsOfLeavers, endSeatsOfLeaver, refuseOpenSeats } from './leave-studies.ts'
export { refuse } from './end-enrollment.ts'
export { endedRefusal } from './rules.ts'
