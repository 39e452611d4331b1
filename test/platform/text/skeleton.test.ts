import { describe, expect, test } from 'vitest'
import { skeleton } from '#/platform/text/skeleton.ts'

/** A Greek name and the ways people write it in Latin letters: the passport's (ELOT 743) first, then others that are usual. */
const names: [greek: string, ...latin: string[]][] = [
  ['Παπαδόπουλος', 'Papadopoulos', 'PAPADOPOULOS', 'Papadopulos'],
  ['Παπαδοπούλου', 'Papadopoulou', 'Papadopulu'],
  ['Παπαϊωάννου', 'Papaioannou', 'Papaïoannou', 'Papaioanou'],
  ['Παππάς', 'Pappas', 'Papas'],
  ['Γεώργιος', 'Georgios', 'GEORGIOS'],
  ['Ιωάννης', 'Ioannis', 'Ioanis'],
  ['Γιάννης', 'Giannis', 'Yannis', 'Yiannis'],
  ['Παναγιώτης', 'Panagiotis', 'Panayiotis', 'Panayotis'],
  ['Κωνσταντίνος', 'Konstantinos', 'Constantinos', 'Konstandinos'],
  ['Δημήτριος', 'Dimitrios', 'Dimitryos'],
  ['Ειρήνη', 'Eirini', 'Irini'],
  ['Αικατερίνη', 'Aikaterini', 'Ekaterini'],
  ['Αιμιλία', 'Aimilia', 'Emilia'],
  ['Αθανάσιος', 'Athanasios', 'Athanassios'],
  ['Θεόδωρος', 'Theodoros'],
  ['Ευάγγελος', 'Evangelos', 'Evaggelos', 'Euangelos'],
  ['Βαγγέλης', 'Vangelis', 'Vaggelis', 'Vagelis'],
  ['Αγγελική', 'Angeliki', 'Aggeliki', 'Ageliki'],
  ['Ευστάθιος', 'Efstathios', 'Eustathios', 'Evstathios'],
  ['Ευγενία', 'Evgenia', 'Eugenia'],
  ['Ευθυμίου', 'Efthymiou', 'Efthimiou', 'Euthymiou'],
  ['Λευτέρης', 'Lefteris', 'Leuteris'],
  ['Σταύρος', 'Stavros', 'Stauros'],
  ['Παύλος', 'Pavlos', 'Paulos'],
  ['Μαυρίδης', 'Mavridis', 'Mauridis'],
  ['Χρήστος', 'Christos', 'Hristos', 'Xristos', 'Khristos'],
  ['Χρυσούλα', 'Chrysoula', 'Hrisoula', 'Xrysoula'],
  ['Χαράλαμπος', 'Charalampos', 'Haralambos', 'Xaralabos'],
  ['Μιχαήλ', 'Michail', 'Mihail', 'Michael'],
  ['Ραφαήλ', 'Rafail', 'Raphael'],
  ['Νικόλαος', 'Nikolaos', 'Nicolaos'],
  ['Ξένια', 'Xenia', 'Ksenia'],
  ['Αλέξανδρος', 'Alexandros', 'Aleksandros'],
  ['Ξανθίππη', 'Xanthippi', 'Ksanthipi'],
  ['Ψαρουδάκης', 'Psaroudakis', 'Psarudakis'],
  ['Φωτεινή', 'Foteini', 'Fotini', 'Photini'],
  ['Φοίβος', 'Foivos', 'Phoivos', 'Fivos'],
  ['Σοφία', 'Sofia', 'Sophia'],
  ['Ζωή', 'Zoi', 'Zoe'],
  ['Χλόη', 'Chloi', 'Chloe'],
  ['Οικονόμου', 'Oikonomou', 'Ikonomou'],
  ['Υψηλάντης', 'Ypsilantis', 'Ipsilantis'],
  ['Κυριάκος', 'Kyriakos', 'Kiriakos'],
  ['Μπάμπης', 'Bampis', 'Mpampis', 'Babis', 'Bambis'],
  ['Λάμπρος', 'Lampros', 'Lambros', 'Labros'],
  ['Ντίνος', 'Ntinos', 'Dinos'],
  ['Αντώνης', 'Antonis', 'Andonis', 'Adonis'],
  ['Ανδρέας', 'Andreas', 'Adreas'],
  ['Γκίκας', 'Gkikas', 'Gikas'],
  ['Φράγκος', 'Fragkos', 'Frangos', 'Frankos'],
  ['Σαββίδης', 'Savvidis', 'Savidis'],
  ['Καλλιόπη', 'Kalliopi', 'Kaliopi'],
  ['Ταΰγετος', 'Taygetos'],
  ['Μελαγχρινός', 'Melanchrinos', 'Melagxrinos'],
  ['Τζαβάρας', 'Tzavaras'],
  ['Τσίπρας', 'Tsipras'],
  ['Άδου-Ρήγα', 'Adou-Riga', 'Adu Riga'],
]

/** Names in Cyrillic and Georgian, and how maps and passports write them. */
const others: [written: string, ...latin: string[]][] = [
  ['Иванов', 'Ivanov'],
  ['Чехов', 'Chekhov'],
  ['ХРУЩЁВ', 'Khrushchev'],
  ['Мария', 'Maria', 'Mariia', 'Μαρία'],
  ['Юлия', 'Yulia'],
  ['Зоя', 'Zoya'],
  ['Наталья', 'Natalia', 'Natalya'],
  ['Ксения', 'Kseniia', 'Xenia', 'Ξένια'],
  ['Шевченко', 'Shevchenko'],
  ['Віктор', 'Viktor', 'Victor', 'Βίκτωρ'],
  ['Юрій', 'Yurii', 'Yuriy', 'Yuri'],
  ['Георгиев', 'Georgiev'],
  ['Ђоковић', 'Djokovic', 'Djoković'],
  ['გიორგი', 'Giorgi'],
  ['ბერიძე', 'Beridze'],
  ['კვარაცხელია', 'Kvaratskhelia'],
  ['ჭავჭავაძე', 'Chavchavadze'],
]

/** Names that are near each other and are not the same. */
const falseFriends = [
  ['Παπαδόπουλος', 'Papadakis'],
  ['Παπαδόπουλος', 'Papadopoulou'],
  ['Νίκη', 'Nikos'],
  ['Μαρία', 'Marios'],
  ['Μαρία', 'Mario'],
  ['Ιωάννα', 'Anna'],
  ['Γεωργία', 'Georgios'],
  ['Βασίλης', 'Basilis'],
  ['Θάνος', 'Tanos'],
  ['Δήμος', 'Thimos'],
  ['Κώστας', 'Chostas'],
  ['Σάββας', 'Sampas'],
  ['Πέτρος', 'Petra'],
  ['Λίνα', 'Lena'],
  ['Σταύρος', 'Staros'],
  ['Κούρος', 'Koros'],
  ['Γκόγκος', 'Kokos'],
  ['Ψάλτης', 'Saltis'],
] as const

describe('a name and its Latin forms have one skeleton:', () => {
  test.each([...names, ...others])('%s', (written, ...latin) => {
    const expected = skeleton(written)
    expect(expected).toMatch(/^[A-Z]+(?: [A-Z]+)*$/)
    expect(latin.map(skeleton)).toEqual(latin.map(() => expected))
  })
})

test.each(falseFriends)('%s is not %s', (greek, latin) => {
  expect(skeleton(latin).startsWith(skeleton(greek))).toBe(false)
  expect(skeleton(greek).startsWith(skeleton(latin))).toBe(false)
})

describe('skeleton', () => {
  test.each([
    ['does not care for case, accents and the sigma at the end', 'ΓΕΏΡΓΙΟΣ γεωργιοσ Γεώργιος', 'GEORGIOS'],
    ['is the same for composed and decomposed letters', `Ταΰγετος ${'Ταΰγετος'.normalize('NFD')}`, 'TAIGETOS'],
    ['takes the parts of a double name apart', 'Άδου-Ρήγα', 'ADU RIGA'],
    ['leaves apostrophes out', "O'Neil", 'ONIL'],
    ['leaves out words with digits and signs', 'zoe_o 2026-1 a@b.gr % 🎓 PSR-11', ''],
    ['leaves out other scripts', 'Ժան 李 علي', ''],
    ['leaves out signs alone', "' - -- ’", ''],
    ['shortens pairs, not whole runs', 'πππππππ', 'PPPP'],
  ])('%s', (_, text, expected) => {
    expect(skeleton(text)).toBe(expected)
  })
})
