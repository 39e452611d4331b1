import type { Language } from '#/platform/words.ts'

/** A decimal with a point ("8.50") as readers of a language write it: 8.50 in English, 8,50 in Greek. It keeps its decimals. */
export function writtenFigure(decimal: string, language: Language): string {
  const digits = decimal.split('.')[1]?.length ?? 0
  const format = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  })
  return format.format(Number(decimal))
}
