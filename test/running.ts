import { existsSync, statfsSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const memory = '/dev/shm'
const neededBytes = 2 * 1024 ** 3

/** Lets the databases of tests rest in memory, where the system has room for that: writes to a disk are a fifth of the time. */
export function restInMemory(): void {
  if (!existsSync(memory)) return
  const { bavail, bsize } = statfsSync(memory)
  if (bavail * bsize >= neededBytes) process.env.TMPDIR = memory
}

/** Files that take long begin first, so that no worker is left alone with one at the end. `paths` are ends of paths, the longest first. */
export const longestFirst = (paths: readonly string[]) =>
  class extends BaseSequencer {
    override async sort(files: TestSpecification[]) {
      const placeOf = ({ moduleId }: TestSpecification) => paths.findIndex((path) => moduleId.endsWith(path))
      // oxlint-disable-next-line unicorn/no-array-sort -- the sequencer's own method, of no array
      const sorted = await super.sort(files)
      const { long = [], others = [] } = Object.groupBy(sorted, (file) => (placeOf(file) >= 0 ? 'long' : 'others'))
      return [...long.toSorted((a, b) => placeOf(a) - placeOf(b)), ...others]
    }
  }
