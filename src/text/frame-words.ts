/**
 * German words, folded, that say that somebody asks, tells or offers, and seldom what about. Three sources: words that stand about equally often in the
 * example questions of all needs (entropy over the needs above 0.86 of the most), what OMoS-QA's train questions ask with, and the forms of verbs that only
 * help others (modal verbs, "lassen") which are not left out as it is. Names of people, places and
 * family were left out: they do say what about.
 */
export const frameWords: ReadonlySet<string> = new Set(
  `angebot angebote anbieten angeboten anspruch art arten bestehen bestimmte bietet bieten deutschland erhalten erhalt gilt gelten information informationen konkret land moglich moglichkeit moglichkeiten nahe neu neue nutzen ort orte person personen rolle speziell speziellen stadt tun tut unterschied verstehen versteht wichtig wissen ziel ziele helfen hilft unterstutzung beantragen beinhaltet umfasst
  ah ahm geht gehen hab ne nen ner sagt sogt sagen zwei zwoa drei vier sechs acht neun elf zwolf zwanzig minga zettel machen macht mach mache macha guten gut dritten kostet kost sieht johr jahr jahren drauf brauchte brauch braucht frage genau echt unsa bleibt darf derf passt scho konn kan kann glaub weg kriagt krieg kriegen muass kommt komme kam nachsten mecht mog ende her steht steh ab oda wia welchem per fruher nix nichts aufs aufm fia furs fur halt wirklich einfach mo statt no holen schreibt lauft eigentlich niemand ganze ganzen ziehen weiss vielleicht jetz jetzt uberhaupt tag na viele erst erste sitze raus wegen zoit jeder rum aba lange davon fehlt heisst voll stimmt gleich grosse woche irgendwas aa amoi oana san ma do
  lassen lasse lasst lass liess liessen gelassen hast habt hattest hattet gehabt seid warst gewesen wirst werdet wurdest geworden konnt konnten gekonnt konntest musst musste mussten gemusst sollst sollt sollte sollten solltest willst wollt wollte wollten gewollt wolltest darfst durfen durft durfte durften mag magst mogen mogt mochten mochtest`.split(
    /\s+/,
  ),
);
