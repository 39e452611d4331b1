/** Given name, family name, father's name, Latin form. Invented; any resemblance is chance. */
type Person = readonly [first: string, last: string, father: string | null, latin: string | null]

const greek: readonly Person[] = [
  ['Γεώργιος', 'Παπαδόπουλος', 'Νικόλαος', 'Georgios Papadopoulos'],
  ['Ευαγγελία', 'Χατζηγεωργίου', 'Δημήτριος', 'Evangelia Chatzigeorgiou'],
  ['Αθηνά', 'Ζαΐμη', 'Ανδρέας', 'Athina Zaimi'],
  ['Νικόλαος', 'Βενιζέλος', 'Ελευθέριος', 'Nikolaos Venizelos'],
  ['Μαρία', 'Αγγελοπούλου', 'Σπυρίδων', 'Maria Angelopoulou'],
  ['Ιωάννης', 'Καραμανλής', 'Κωνσταντίνος', 'Ioannis Karamanlis'],
  ['Αικατερίνη', 'Δημητρίου', 'Γεώργιος', 'Aikaterini Dimitriou'],
  ['Δημήτριος', 'Οικονόμου', 'Ιωάννης', 'Dimitrios Oikonomou'],
  ['Σοφία', 'Μαυρομιχάλη', 'Πέτρος', 'Sofia Mavromichali'],
  ['Κωνσταντίνος', 'Αντωνίου', 'Αντώνιος', 'Konstantinos Antoniou'],
  ['Ελένη', 'Σταματοπούλου', 'Χρήστος', 'Eleni Stamatopoulou'],
  ['Παναγιώτης', 'Κωστόπουλος', 'Βασίλειος', 'Panagiotis Kostopoulos'],
  ['Βασιλική', 'Ραυτοπούλου', 'Αθανάσιος', 'Vasiliki Raftopoulou'],
  ['Χρήστος', 'Ιωαννίδης', 'Παύλος', 'Christos Ioannidis'],
  ['Ειρήνη', 'Παπαϊωάννου', 'Μιχαήλ', 'Eirini Papaioannou'],
  ['Σπυρίδων', 'Λάμπρου', 'Λάμπρος', 'Spyridon Lamprou'],
  ['Ουρανία', 'Τσάκωνα', 'Ηλίας', 'Ourania Tsakona'],
  ['Μιχαήλ', 'Ξενάκης', 'Ιάνης', 'Michail Xenakis'],
  ['Δέσποινα', 'Φωτίου', 'Φώτιος', 'Despoina Fotiou'],
  ['Θεόδωρος', 'Κολοκοτρώνης', 'Κωνσταντής', 'Theodoros Kolokotronis'],
]

const others: readonly Person[] = [
  ['Amélie', 'Lefèvre', 'Étienne', null],
  ['Søren', 'Østergård', null, null],
  ['Zoë', 'Müller-Groß', 'Jürgen', null],
  ['Łukasz', 'Wiśniewski', 'Stanisław', null],
  ['Ștefan', 'Ionescu', 'Mihai', null],
  ['Ayşe', 'Yıldız', 'Mehmet', null],
  ['José', 'Núñez Ibáñez', 'Andrés', null],
  ['Siân', "O'Brien", null, null],
  ['Ardit', 'Hoxha', 'Besnik', null],
  ['Jānis', 'Bērziņš', null, null],
]

const greekNames = {
  first: greek.map(([first]) => first),
  last: greek.map(([, last]) => last),
  father: greek.map(([, , father]) => father),
}

/** `count` people: those above, then new pairs of their names. The same each time. */
export function people(count: number): Person[] {
  const invented = Array.from({ length: Math.max(0, count - greek.length - others.length) }, (_, i): Person => {
    const pick = (names: readonly (string | null)[], step: number) => names[(i * step + 3) % names.length]!
    return [pick(greekNames.first, 1), sameGender(pick(greekNames.first, 1), i), pick(greekNames.father, 3), null]
  })
  return [...greek, ...others, ...invented].slice(0, count)
}

/** A family name in the form that goes with the given name. */
function sameGender(first: string, i: number): string {
  const masculine = greek
    .filter(([name]) => name.endsWith('ς') || name === 'Μιχαήλ' || name === 'Σπυρίδων')
    .map(([, last]) => last)
  const feminine = greek.map(([, last]) => last).filter((last) => !masculine.includes(last))
  const fitting = first.endsWith('ς') || first === 'Μιχαήλ' || first === 'Σπυρίδων' ? masculine : feminine
  return fitting[(i * 7 + 2) % fitting.length]!
}
