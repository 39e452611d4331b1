/** What a course asks for, of one kind: any course of a group meets it. */
export interface Asked {
  course_id: number
  kind: 'prerequisite' | 'corequisite'
  group_number: number
  required_course_id: number
}

type Group = readonly number[]
type Groups = ReadonlyMap<number, Record<Asked['kind'], Group[]>>

function groupsOf(asked: readonly Asked[]): Groups {
  const byCourse = Map.groupBy(asked, ({ course_id }) => course_id)
  const ofKind = (rows: readonly Asked[], kind: Asked['kind']) => {
    const groups = Map.groupBy(
      rows.filter((row) => row.kind === kind),
      ({ group_number }) => group_number,
    )
    return [...groups.values()].map((group) => group.map(({ required_course_id }) => required_course_id))
  }
  return new Map(
    [...byCourse].map(([id, rows]) => [
      id,
      { prerequisite: ofKind(rows, 'prerequisite'), corequisite: ofKind(rows, 'corequisite') },
    ]),
  )
}

/**
 * The way round on which courses wait for each other, from a course back to itself; undefined where somebody can take it. Each of them waits for the
 * next, whichever way its groups are met; courses that are only taken together do not wait. What nobody could take before is not held against it.
 */
export function circleThrough(courseId: number, asked: readonly Asked[]): number[] | undefined {
  const groups = groupsOf(asked)
  const { isTaken: wasTaken } = takingAll(groupsOf(asked.filter(({ course_id }) => course_id !== courseId)))
  const stuckBefore = [...groups.keys()].filter((id) => id !== courseId && !wasTaken(id))
  const { isTaken, waitsFor } = takingAll(groups, stuckBefore)
  if (isTaken(courseId)) return undefined
  return shortestRound(courseId, waitsFor)
}

/** There is one: what is stuck without coming back here was stuck before. */
function shortestRound(from: number, waitsFor: (id: number) => Group): number[] | undefined {
  const ways: number[][] = [[from]]
  const seen = new Set<number>()
  for (const way of ways) {
    for (const next of waitsFor(way.at(-1)!).toSorted((a, b) => a - b)) {
      if (next === from) return [...way, from]
      if (!seen.has(next)) ways.push([...way, next])
      seen.add(next)
    }
  }
  return undefined
}

/** Takes courses as long as there is one that can be taken: first what asks for nothing, then what asks for that. What asks for nothing is no key of `groups`. */
function takingAll(groups: Groups, also: readonly number[] = []) {
  const stuck = new Set([...groups.keys()].filter((id) => !also.includes(id)))
  const isTaken = (id: number) => !stuck.has(id)
  for (;;) {
    const { together, missing } = takenTogether(groups, stuck)
    if (together.size === 0) {
      const unmet = (id: number) => groups.get(id)!.prerequisite.find((group) => !group.some(isTaken))
      const waitsFor = (id: number) => unmet(id) ?? missing.get(id)!
      return { isTaken, waitsFor }
    }
    for (const id of together) stuck.delete(id)
  }
}

/** What can be taken at one time by whoever has taken all else; of what cannot, the group of corequisites that it lacks. */
function takenTogether(groups: Groups, stuck: ReadonlySet<number>) {
  const isTaken = (id: number) => !stuck.has(id)
  const together = new Set(
    [...stuck].filter((id) => groups.get(id)!.prerequisite.every((group) => group.some(isTaken))),
  )
  const missing = new Map<number, Group>()
  for (let left = -1; left !== together.size;) {
    left = together.size
    for (const id of together) {
      const lacking = groups
        .get(id)!
        .corequisite.find((group) => !group.some((one) => isTaken(one) || together.has(one)))
      if (!lacking) continue
      together.delete(id)
      missing.set(id, lacking)
    }
  }
  return { together, missing }
}
