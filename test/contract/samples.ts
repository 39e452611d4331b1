import { accessSamples } from './access-samples.ts'
import { admissionSamples } from './admission-samples.ts'
import { catalogSamples } from './catalog-samples.ts'
import { enrollingSamples } from './enrolling-samples.ts'
import { exchangeSamples } from './exchange-samples.ts'
import { gradingSamples } from './grading-samples.ts'
import { operationsSamples } from './operations-samples.ts'
import { paperworkSamples } from './paperwork-samples.ts'
import { peopleSamples } from './people-samples.ts'
import type { SampleMaker } from './sample-rows.ts'

/** A sample of every operation, those of an area in its file. */
export const samples: Record<string, SampleMaker> = {
  ...accessSamples,
  ...peopleSamples,
  ...catalogSamples,
  ...admissionSamples,
  ...enrollingSamples,
  ...gradingSamples,
  ...paperworkSamples,
  ...exchangeSamples,
  ...operationsSamples,
}
