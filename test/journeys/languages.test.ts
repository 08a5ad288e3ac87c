import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatOfferDate } from "../../src/answers/format.ts";
import { formatMoment } from "../../src/answers/format-moment.ts";
import { sentencesOf } from "../../src/answers/simple.ts";
import { readContent } from "../../src/catalogue/content-files.ts";
import { openSession, type Session } from "../../src/commands/session.ts";
import { type Answer, answerKinds } from "../../src/core/answer.ts";
import type { Content } from "../../src/core/content.ts";
import { type Lang, type Localized, languages, localize, localizeTitle } from "../../src/core/languages.ts";
import type { Offer } from "../../src/core/offer.ts";
import { projectRoot } from "../../src/node-content.ts";
import { commandIds, commandName } from "../../src/words/commands.ts";
import { words } from "../../src/words/words.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { createLanguageCheck, daysIn } from "../support/said-in.ts";
import { cleanUp } from "../support/server.ts";

/** Examples of an intent that are asked in each language. */
const askedOfEach = 4;

let session: Session;
let content: Content;

beforeAll(async () => {
  session = await openSession({ demo: false, dataDir: await trainedCache(), onProgress: () => undefined });
  content = await readContent({ root: projectRoot, demo: false });
}, trainingMs);

afterAll(async () => {
  await session.close();
  await cleanUp();
});

/** The texts and names of an offer as they stand in a language; those in another language are told by a note. */
function textsOf(offer: Offer, lang: Lang): readonly string[] {
  const own = (text: Localized | undefined) => (text === undefined ? [] : [localize(text, lang).text]);
  const spoken = new Intl.DisplayNames(lang, { type: "language" });
  const places = [offer, ...(offer.locations ?? [])];
  return [
    localizeTitle(offer.title, lang).text,
    ...[offer.summary, offer.forWhom, offer.cost?.text, offer.papers, offer.skills, offer.participation?.how, offer.capacity?.unit].flatMap(
      own,
    ),
    // A long answer shows the first sentences alone.
    ...sentencesOf(localize(offer.summary, lang).text),
    ...(offer.languages ?? []).flatMap((code) => spoken.of(code) ?? []),
    ...(offer.dates ?? []).map((date) => formatOfferDate(date, lang)),
    ...(offer.capacity === undefined ? [] : [formatMoment(offer.capacity.asOf, lang)]),
    ...places.flatMap(({ address, district, phone, email }) => [
      ...(email === undefined ? [] : [email]),
      ...(address === undefined ? [] : [`${address.street}, ${address.postcode} ${address.city}`]),
      ...(district === undefined ? [] : [district]),
      ...(phone === undefined ? [] : [phone]),
    ]),
    ...(offer.locations ?? []).flatMap(({ name }) => name ?? []),
    ...[offer.organization, offer.source.name, offer.url, offer.id],
  ];
}

/** What may stand in an answer besides the words of its language. */
function dataOf(lang: Lang): readonly string[] {
  return [
    ...content.offers.flatMap((offer) => textsOf(offer, lang)),
    ...content.needs.map(({ label }) => label[lang]),
    ...content.districts.flatMap(({ name, quarters }) => [name, ...quarters]),
    ...daysIn(lang),
    ...commandIds.map((id) => `/${commandName(id, lang)}`),
  ];
}

/** Everything that a person is shown of an answer. The buttons to other languages are named in those. */
function shownIn({ reply }: Answer): readonly string[] {
  return [
    ...reply.lead,
    ...reply.closing,
    ...reply.buttons.flatMap(({ label, says, value }) => (value.startsWith("lang:") ? [] : [label, ...(says === undefined ? [] : [says])])),
    ...reply.cards.flatMap(({ title, lines, source, calendar }) => [
      title,
      ...lines,
      source,
      ...(calendar === undefined ? [] : [calendar.label]),
    ]),
  ];
}

/** One language's answers to examples of every intent, and to every command. */
async function answersIn(lang: Lang): Promise<readonly (readonly [text: string, answer: Answer])[]> {
  const asked = content.intents.flatMap(({ id, examples }) => examples[lang].slice(0, askedOfEach).map((text) => [id, text] as const));
  const commands = commandIds.map((id) => [id, `/${commandName(id, lang)}`] as const);
  const answers: (readonly [string, Answer])[] = [];
  for (const [index, [id, text]] of [...asked, ...commands, ["unknown", "/xyz"] as const].entries()) {
    answers.push([`${id}: ${text}`, await session.ask({ text, conversation: `${lang}-${index}`, lang })]);
  }
  return answers;
}

describe.each(languages)("every intent and command, asked in %s", (lang) => {
  let answers: readonly (readonly [text: string, answer: Answer])[];
  beforeAll(async () => {
    answers = await answersIn(lang);
  }, trainingMs);

  it("is answered in that language, every string of it", () => {
    const checks = new Map<Lang, ReturnType<typeof createLanguageCheck>>();
    const checkOf = (each: Lang) => {
      const check = checks.get(each) ?? createLanguageCheck(each, dataOf(each));
      checks.set(each, check);
      return check;
    };
    const wrong = answers.flatMap(([asked, answer]) => {
      const check = checkOf(answer.reply.lang);
      return shownIn(answer).flatMap((text) => (check(text) ? [] : [`${asked} → ${text}`]));
    });
    expect(wrong).toEqual([]);
  });

  it("is answered in no other language, but where another was asked for", () => {
    const strays = answers.flatMap(([asked, { reply }]) =>
      reply.lang === lang || asked.startsWith("language:") ? [] : [`${reply.lang} ${asked}`],
    );
    expect(strays).toEqual([]);
  });

  it("says so where an offer's text is in another language", () => {
    for (const [asked, { reply }] of answers) {
      const others = [...new Set(reply.cards.flatMap((card) => card.lang ?? []))];
      const own = words[reply.lang];
      const note = own.textInLanguage(others.map((each) => own.languageNames[each]).join(", "));
      if (others.length > 0) expect(reply.closing, asked).toContain(note);
    }
  });

  it("meets every kind of answer that there is", () => {
    const kinds = new Set(answers.map(([, { summary }]) => summary.kind));
    expect(answerKinds.filter((kind) => kind !== "article" && !kinds.has(kind))).toEqual([]);
  });
});

it.each([
  ["Može na srpskom?", "hr"],
  ["Können wir Bosnisch sprechen?", "hr"],
  ["please in Ukrainian", "uk"],
] as const)("a language that is asked for by name (%s) is spoken from then on", async (text, lang) => {
  const { reply } = await session.ask({ text, conversation: text });
  expect(reply.lead).toContain(words[lang].languageSet);
});

describe("the check of languages", () => {
  it("takes the words of a language with data in them, and no others", () => {
    const check = createLanguageCheck("tr", ["Kita Regenbogen"]);
    expect(check(words.tr.nearestNeed("Kita Regenbogen"))).toBe(true);
    expect(check(`${words.tr.where}: Kita Regenbogen. ${words.tr.free}`)).toBe(true);
    expect(check(words.tr.nearestNeed("Kindergarten"))).toBe(false);
    expect(check(words.de.notFound)).toBe(false);
    expect(check(`${words.tr.notFound} ${words.de.notFound}`)).toBe(false);
    expect(check(`${words.de.free}`)).toBe(false);
  });
});
