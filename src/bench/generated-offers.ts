import type { SearchDocument } from "../catalogue/search/search-document.ts";

/** A generator of numbers in 0 to 1 that gives the same ones for the same seed (mulberry32 by Tommy Ettinger). */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const list = (words: string): readonly string[] => words.split(" ");

/** What German offers of a city are made of: real words, joined as titles join them. */
const topics = list(
  "Schwangerschaft Geburt Familie Erziehung Kita Krippe Hort Schule Nachhilfe Ausbildung Studium Beruf Arbeit Bewerbung Weiterbildung Deutsch Alphabetisierung Integration Migration Asyl Aufenthalt Einbürgerung Wohnung Miete Wohngeld Obdach Schulden Energie Strom Heizung Umzug Pflege Demenz Alter Rente Behinderung Inklusion Mobilität Gesundheit Impfung Zahn Sucht Drogen Alkohol Spiel Trauer Hospiz Krise Gewalt Frauen Männer Mädchen Jungen Jugend Senioren Trennung Scheidung Unterhalt Adoption Vormundschaft Betreuung Ehrenamt Nachbarschaft Sport Schwimmen Turnen Fußball Tanz Musik Theater Kunst Malerei Fotografie Film Literatur Bücher Computer Internet Handy Programmierung Robotik Garten Umwelt Klima Abfall Recycling Fahrrad Auto Führerschein Parken Verkehr Hund Katze Tier Gewerbe Gründung Steuer Förderung Kultur Museum Ferien Reise Kochen Ernährung Kleidung Möbel Reparatur Handwerk Holz Nähen Stricken Yoga Meditation Entspannung Wandern Klettern Rudern Schach Sprache Englisch Französisch Türkisch Arabisch Ukrainisch Gebärden Lesen Schreiben Rechnen Physik Chemie Biologie Geschichte Politik Recht Verbraucher Versicherung Bank Erbe Testament Vorsorge",
);
const forms = list(
  "Beratung Kurs Treff Gruppe Werkstatt Angebot Hilfe Sprechstunde Training Seminar Projekt Programm Café Verein Zentrum Stelle Dienst Netzwerk Initiative Begleitung Vermittlung Betreuung Förderung Unterricht Führung Ausstellung Fest Abend Nachmittag Wochenende Woche Schule Akademie Forum Tag Börse Telefon Mobil Haus Raum",
);
const people = list(
  "Eltern Kinder Jugendliche Erwachsene Senioren Frauen Männer Familien Alleinerziehende Geflüchtete Zugewanderte Studierende Auszubildende Berufstätige Arbeitsuchende Angehörige Menschen Anfänger Fortgeschrittene Neugierige Betroffene Paare Väter Mütter Großeltern Lehrkräfte Ehrenamtliche Selbstständige Vermieter Mieter",
);
const manners = list(
  "offen kostenlos mehrsprachig digital ambulant mobil anonym barrierefrei gemeinsam wöchentlich inklusiv interkulturell persönlich vertraulich ganztägig abendlich begleitet kreativ praktisch spielerisch",
);
const verbs = list(
  "beraten begleiten unterstützen informieren üben lernen treffen spielen kochen basteln reparieren sprechen klären beantragen vermitteln fördern entdecken gestalten planen erkunden",
);
const firstNames = list(
  "Anna Berta Clara Dora Emma Frieda Greta Hanna Ida Johanna Klara Lena Marie Nora Olga Paula Rosa Sofie Thea Ursula Anton Bruno Carl David Emil Franz Georg Hans Isidor Josef Karl Ludwig Max Noah Otto Paul Rudolf Simon Theo Viktor",
);
const nameBeginnings = list(
  "Acker Birken Buchen Dorn Eichen Erlen Feld Fichten Garten Grün Hasel Heide Hirsch Hof Kirch Klee Kloster Lauben Linden Löwen Mühl Neu Nord Ober Ost Park Quell Rosen Sand Schloss See Sonnen Stein Süd Tal Tannen Ulmen Wald Weiden West Wiesen Ziegel",
);
const nameEndings = list(
  "ach anger bach berg bruck brunn burg dorf eck feld garten hain haus heim hof holz hügel ing kirchen lohe moos mühle ort park platz ried see stadt tal weg wiese",
);
const links = ["", "s", "-"];

/** Words of a generated offer, from which its text and a question about it are made. */
function drawWords(number: number) {
  const random = createRandom(number * 2654435761);
  // Few topics are asked for often, as in every catalogue: squared, the first of a list are the common ones.
  const common = (words: readonly string[]) => words[Math.floor(random() ** 2 * words.length)] ?? "";
  const any = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? "";
  const form = common(forms);
  const topic = common(topics);
  const link = any(links);
  const compound = link === "-" ? `${topic}-${form}` : `${topic}${link}${form.toLowerCase()}`;
  const place = `${any(nameBeginnings)}${any(nameEndings)}`;
  return { random, any, form, topic, compound, place, person: common(people), manner: common(manners), second: common(topics) };
}

/** The generated offer of a number: always the same one. */
export function offerOf(number: number): SearchDocument {
  const { random, any, topic, form, compound, place, person, manner, second } = drawWords(number);
  const name = random() < 0.5 ? `${any(firstNames)}-${any(firstNames)}-Haus` : place;
  const titles = [
    `${compound} ${place}`,
    `${compound} für ${person}`,
    `${topic} und ${second}: ${manner}e ${form} in ${place}`,
    `${form} ${topic} im ${name}`,
    `${manner}e ${compound} für ${person} in ${place}`,
  ];
  const body = [
    `Hier ${any(verbs)} wir ${person} zum Thema ${topic}.`,
    `Das Angebot ist ${manner} und findet in ${place} statt.`,
    `Sie können sich zu ${second} und ${any(topics)} ${any(verbs)} lassen.`,
    `Bitte melden Sie sich bei ${any(firstNames)} ${any(nameBeginnings)}${any(nameEndings)}er an.`,
  ];
  return {
    id: `offer-${number}`,
    title: [{ lang: "de", text: any(titles) }],
    keywords: [],
    body: [{ lang: "de", text: body.join("\n") }],
  };
}

/** German offers made up of real words: topics, forms and places joined to compounds, no two built from the same draw. The same number is always the same offer. */
export function* generateOffers(count: number): Generator<SearchDocument> {
  for (let number = 0; number < count; number += 1) yield offerOf(number);
}

/** Questions about some of the generated offers, as people ask: short or long, some with a typing error. */
export function generateQuestions(offers: number, count: number): readonly string[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const { compound, person, place, topic, form, second } = drawWords(Math.floor(random() * offers));
    const questions = [
      `Wo finde ich ${compound} in ${place}?`,
      `Ich suche eine ${form} zu ${topic} für ${person}`,
      `${topic} ${form}`,
      `Gibt es Hilfe für ${person} bei ${topic} und ${second}?`,
      `Wer kann mir bei meiner ${topic} helfen, ich wohne in ${place} und weiß nicht weiter`,
    ];
    const question = questions[Math.floor(random() * questions.length)] ?? topic;
    const typo = 4 + Math.floor(random() * (question.length - 4));
    return random() < 0.2 ? question.slice(0, typo) + question.slice(typo + 1) : question;
  });
}
