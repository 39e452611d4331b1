import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NameOrder } from '#/platform/words.ts'
import { sortKey } from '#/platform/text/sort-key.ts'
import figures from '../../exact-figures.json'

const key = (...parts: (string | null)[]) => sortKey(parts, '').slice(0, -1)
const inOrder = (names: string[], order: NameOrder = '') =>
  names.toSorted((a, b) => (sortKey([a], order) < sortKey([b], order) ? -1 : 1))

/** Names of these letters; blanks come alone and between letters, as in names. */
const namesOf = (letters: Iterable<string>) =>
  fc
    .array(fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 2 })
    .map((words) => words.join(' '))

const greek = 'αάβγδεέζηήθιίϊΐκλμνξοόπρστυύϋΰφχψωώΑΆΒΓΔΕΈΖΗΉΘΙΊΪΚΛΜΝΞΟΌΠΡΣΤΥΎΫΦΧΨΩΏ'
const latin = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZáàâäãéèêëíìïñóòôöõúùüçšžßæœøłđ'

describe('the key of a name', () => {
  test.each(figures.sort_keys)('$last_name is ordered as $key', (row) => {
    expect(key(row.last_name)).toBe(row.key)
  })

  test.each([
    ['Greek and Latin', '', greek + latin],
    ['Swedish', 'sv', 'abcdefghijklmnopqrstuvwxyzABCÅÄÖåäöüéæø'],
    ['Danish', 'da', ['aa', ...'bcdefghijklmnopqrstuvwxyzBCÅÆØåæøäöüé']],
    ['Spanish', 'es', 'abcdefghijklmnopqrstuvwxyzABCNñÑáéíóúü'],
  ] as const)('orders any two names as a dictionary does: %s', (_, order, letters) => {
    const dictionary = new Intl.Collator(order || 'el', { sensitivity: 'base' })
    fc.assert(
      fc.property(namesOf(letters), namesOf(letters), (one, other) => {
        const expected = dictionary.compare(one, other)
        const [a, b] = [sortKey([one], order), sortKey([other], order)]
        expect(Math.sign(a < b ? -1 : a > b ? 1 : 0)).toBe(Math.sign(expected))
      }),
      { numRuns: 2000 },
    )
  })

  test('puts Greek before Latin, and Latin before Cyrillic', () => {
    expect(inOrder(['Яковлев', 'Abbot', 'Ωρίωνος', 'Zuse', 'Άγρας', 'Алексеев'])).toEqual([
      'Άγρας',
      'Ωρίωνος',
      'Abbot',
      'Zuse',
      'Алексеев',
      'Яковлев',
    ])
  })

  test.each([
    ['a final sigma and another', 'Κώστας', 'ΚΩΣΤΑΣ'],
    ['accents of their own', 'Μαΐου'.normalize('NFD'), 'Μαΐου'],
    ['breathings', 'Ἀθηνᾶ', 'Αθηνα'],
    ['characters that nobody sees', 'Πα\u200Bπ\u00ADπά\u2060', 'Παππά'],
    ['hyphens of any kind', 'Smith\u2011Jones', 'Smith Jones'],
    ['apostrophes of any kind, and points', "O'Hara Jr.", 'O’Hara Jr'],
    ['blanks around and between', '  van   Dyck ', 'van Dyck'],
    ['ligatures', 'Straße', 'STRASSE'],
    ['the letters of the north', 'Øłðþæœı', 'oldthaeoei'],
  ])('is the same for %s', (_, one, other) => {
    expect(key(one)).toBe(key(other))
  })

  test('is as long as its name needs: a blank comes before every letter', () => {
    expect(inOrder(['Βέργας', 'Βέργα', 'Βέργα Αλή'])).toEqual(['Βέργα', 'Βέργα Αλή', 'Βέργας'])
  })

  test('has the first name behind the last one', () => {
    expect(sortKey(['Βέργα', 'Ζωή'], '')).toBe('BEQCA\u001FFXG')
    expect(sortKey(['Βέργα', 'Ζωή'], '') < sortKey(['Βέργα Αλή', 'Άννα'], '')).toBe(true)
  })

  test.each([
    ['first', [null, 'Sukarno']],
    ['last', ['Sukarno', null]],
  ])('of somebody who has a %s name only is that name', (_, parts) => {
    expect(sortKey(parts, '')).toBe('sukarno\u001F')
  })

  test('knows the letters that a language has of its own only where they are asked for', () => {
    const swedish = ['Åberg', 'Zorn', 'Öberg', 'Ärlig', 'Alm']
    expect(inOrder(swedish, 'sv')).toEqual(['Alm', 'Zorn', 'Åberg', 'Ärlig', 'Öberg'])
    expect(inOrder(swedish)).toEqual(['Åberg', 'Alm', 'Ärlig', 'Öberg', 'Zorn'])
    expect(inOrder(['Øst', 'Åse', 'Zahl', 'Ærø', 'Aagaard'], 'da')).toEqual(['Zahl', 'Ærø', 'Øst', 'Aagaard', 'Åse'])
    expect(inOrder(['Peño', 'Penz', 'Peo', 'Pena'], 'es')).toEqual(['Pena', 'Penz', 'Peño', 'Peo'])
  })
})
