import { beside, ink, measure, rule, space, stack, text, type Block } from '#/engines/paper/index.ts'
import { format, percent } from '#/engines/marks/index.ts'
import type { Language } from '#/platform/words.ts'
import { writtenFigure } from '#/paperwork/official-document/index.ts'
import type { RecordScale } from './official-record.ts'
import { transcriptTexts } from './transcript-texts.ts'

type Distribution = NonNullable<RecordScale['distribution']>

/** How the grades of the scale are distributed: a column for each band, with its share and a bar as long as that. */
export function distributionBars({ grades, bands }: Distribution, language: Language): Block {
  const width = measure / bands.length
  const style = { size: 7, leading: 9, color: ink.muted, smallest: 4 } as const
  const columns = bands.map(({ name, grades: some }, index) => {
    const share = percent(some, grades)
    const bar = rule({ width: ((width - gap) * some) / grades, thickness: 3, around: 3, color: ink.accent })
    const label = `${name[language]} ${writtenFigure(format(share, 1), language)}%`
    return { left: index * width, block: stack(text(label, width - gap, style), some > 0 ? bar : space(6)) }
  })
  return stack(
    space(4),
    text(transcriptTexts[language].distributionMeaning(grades), measure, { ...style, size: 7.5, leading: 10.5 }),
    beside(...columns),
  )
}

const gap = 6
