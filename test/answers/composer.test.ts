import { describe, expect, it } from "vitest";
import { createComposer } from "../../src/answers/composer.ts";
import { formatMoment } from "../../src/answers/format-moment.ts";
import {
  crisisKinds,
  type Fact,
  type Finding,
  facts,
  type OfferCard,
  type Reply,
  replyText,
  type StoredData,
} from "../../src/core/answer.ts";
import type { Composer, Manner } from "../../src/core/composer.ts";
import { type Lang, languages, localize, localizeTitle } from "../../src/core/languages.ts";
import type { FoundOffer, Offer } from "../../src/core/offer.ts";
import { commandIds, commandName, findCommand } from "../../src/words/commands.ts";
import { words } from "../../src/words/words.ts";
import { articleOf } from "../catalogue/articles/fixtures.ts";
import { createLanguageCheck, daysIn } from "../support/said-in.ts";

const composer = createComposer((id, lang) => (id === "gone" ? undefined : `${id} (${lang})`));
const manner = (lang: Lang, change: Partial<Manner> = {}): Manner => ({ lang, simple: false, introduce: false, ...change });

function offerOf(id: string, change: Partial<Offer> = {}): Offer {
  return {
    id,
    kind: "service",
    organization: "Org",
    title: { de: `Titel ${id}`, en: `Title ${id}` },
    summary: { de: "Erster Satz. Zweiter Satz.", en: "First sentence. Second sentence." },
    needs: ["kita-platz"],
    url: `https://example.org/${id}`,
    source: { name: "Quelle", url: "https://www.example.org/quelle/" },
    status: "checked",
    checkedAt: "2026-06-08",
    ...change,
  };
}

const found = (...offers: readonly Offer[]): readonly FoundOffer[] => offers.map((offer) => ({ offer, score: 0.9 }));
const page = { needs: ["kita-platz"], found: found(offerOf("a"), offerOf("b"), offerOf("c")), more: true, widened: [] };
const widened = [{ kind: "place", place: "Sendling" }, { kind: "costFree" }, { kind: "wheelchair" }] as const;
const capacity = { unit: { de: "Plätze", en: "places" }, available: 3, asOf: "2026-11-20T09:00:00Z" };

const position = { search: "1a2b3c4d", next: 6, previous: 0 };
const stored: StoredData = {
  since: "2026-11-22T10:00:00Z",
  messages: 5,
  texts: 3,
  answers: 4,
  ratings: 1,
  contributions: 0,
  votes: 0,
  signUps: 0,
  askers: 0,
  watches: 2,
  handoverMessages: 3,
  search: {
    text: "Kita in Sendling",
    needs: ["kita-platz"],
    slots: { district: "Sendling", age: 3, costFree: true, wheelchair: true, language: "tr", from: "2026-12-01", when: "im Dezember" },
  },
};
const nothingStored: StoredData = {
  since: undefined,
  messages: 0,
  texts: 0,
  answers: 0,
  ratings: 0,
  contributions: 2,
  votes: 3,
  signUps: 1,
  askers: 0,
  watches: 0,
  handoverMessages: 0,
  search: undefined,
};

const wish = { needs: ["kita-platz"], district: "Sendling", from: "2026-12-01", costFree: true, wheelchair: true } as const;
const watch = { id: "Zx81kJ_-aB3dEf5g", wish, until: "2027-02-20T10:00:00.000Z", pushes: true };
const appointments = [
  { kind: "free", first: "2026-11-25T08:20:00.000Z", office: "Bürgerbüro", asOf: "2026-11-22T10:00:00.000Z" },
  { kind: "free", first: "2026-11-25T08:20:00.000Z", office: undefined, asOf: "2026-11-22T10:00:00.000Z" },
  { kind: "none", until: "2026-12-20", asOf: "2026-11-22T10:00:00.000Z" },
  { kind: "unavailable" },
] as const;

const project = offerOf("projekt", { kind: "participation", title: { de: "Neuer Platz", en: "New square" } });
const measure = offerOf("vorhaben", { kind: "measure" });
const task = offerOf("aufgabe", { needs: ["ehrenamt"], capacity, skills: { de: "Geduld", en: "Patience" }, languages: ["de", "tr"] });
const saying = { offer: project, text: "<b>Mehr Bäume</b>", district: "Sendling", lang: "de", until: "2027-11-22T10:00:00.000Z" } as const;
const contribution = { ...saying, code: "K7M2-9QXD" };
const standing = { code: "K7M2-9QXD", title: "Neuer Platz", url: "https://example.org/" };
const signUp = { code: "A2B3-C4D5", offerId: "aufgabe", title: "Aufgabe", url: "https://example.org/", until: "2027-01-22T10:00:00.000Z" };

const saidByStaff = "Guten Tag! Ich helfe Ihnen gern.";

/** What people wrote is shown as they wrote it. */
const written: ReadonlySet<string> = new Set([saying.text, "Ich komme später.", saidByStaff]);

/** All that is said about taking part. */
const partFindings: readonly (readonly [name: string, finding: Finding])[] = [
  ["a project", { kind: "offers", ...page, found: found(project) }],
  ["a measure among others", { kind: "offers", ...page, found: found(measure, project) }],
  ["a measure by itself", { kind: "offers", ...page, found: found(measure) }],
  ["a task", { kind: "offers", ...page, found: found(task) }],
  ...(["ask-text", "too-long", "closed"] as const).map((about) => [about, { kind: "participation", about, offer: project }] as const),
  ["confirm", { kind: "participation", about: "confirm", contribution: saying, key: "1a2b3c4d" }],
  ["submitted", { kind: "participation", about: "submitted", contribution }],
  ...(["too-many", "declined", "unknown-receipt", "too-many-codes", "withdrawn"] as const).map(
    (about) => [about, { kind: "participation", about }] as const,
  ),
  ...(["waiting", "approved", "withdrawn"] as const).map(
    (state) => [`standing ${state}`, { kind: "participation", about: "standing", standing: { ...standing, state } }] as const,
  ),
  ["rejected", { kind: "participation", about: "standing", standing: { ...standing, state: "rejected", reason: "Doppelt" } }],
  ...(["important", "unimportant", undefined] as const).map(
    (vote) => [`voted ${vote}`, { kind: "participation", about: "voted", offer: measure, vote }] as const,
  ),
  ...[true, false].map((again) => [`joined ${again}`, { kind: "volunteering", about: "joined", offer: task, signUp, again }] as const),
  ...(["full", "over"] as const).map((about) => [about, { kind: "volunteering", about, offer: task }] as const),
  ...(["standing", "ask-message", "message-too-long", "told", "left"] as const).map(
    (about) => [`place ${about}`, { kind: "volunteering", about, signUp }] as const,
  ),
  ["confirm-message", { kind: "volunteering", about: "confirm-message", signUp, text: "Ich komme später.", key: "1a2b3c4d" }],
];

const article = articleOf(12, {
  title: { de: "Neuer Platz", en: "New square" },
  text: { de: "Hier bekommen Sie Hilfe." },
  source: { name: "Quelle", url: "https://example.org/" },
});
const asker = { id: "abc", since: "2026-11-22T10:00:00Z", until: "2027-02-20T10:00:00Z", pushes: true } as const;

/** All that is said about articles and the wish to be told. */
const articleFindings: readonly (readonly [name: string, finding: Finding])[] = [
  ...(["asked", "told", "corrected"] as const).map((occasion) => [`article ${occasion}`, { kind: "article", article, occasion }] as const),
  ["asker opened", { kind: "asker", about: "opened", asker: { ...asker, turnId: "t", lang: "de", personal: false } }],
  [
    "asker with a code",
    { kind: "asker", about: "opened", asker: { ...asker, turnId: "t", lang: "de", personal: false, code: "apfel birne" } },
  ],
  ...(["already", "declined", "nothing-yet"] as const).map((about) => [`asker ${about}`, { kind: "asker", about }] as const),
  ...[true, false].map((corrected) => [`asker hidden ${corrected}`, { kind: "asker", about: "hidden", article: 12, corrected }] as const),
  ...(["letter", "code"] as const).flatMap((tells) => [
    [`no-answer, tells by ${tells}`, { kind: "no-answer", reason: "not-understood", tells }] as const,
    [`wrong, tells by ${tells}`, { kind: "feedback", about: "wrong", asksWhy: true, offersHuman: true, tells }] as const,
  ]),
  ["question with needs", { kind: "question", needs: ["kita-platz", "hund"] }],
  ["watch list with askers", { kind: "watch", about: "list", watches: [watch], askers: [asker] }],
  ["watch stopped, askers left", { kind: "watch", about: "stopped", ended: 1, left: [], askers: [asker] }],
];

/** Each kind of finding with each of its reasons. */
const findings: readonly (readonly [name: string, finding: Finding])[] = [
  ["offers", { kind: "offers", ...page }],
  ...partFindings,
  ...articleFindings,
  ["offers for two needs", { kind: "offers", ...page, needs: ["kita-platz", "hund"] }],
  ...facts.map((asked) => [`offers, asked for ${asked}`, { kind: "offers", ...page, asked }] as const),
  ["offers, widened", { kind: "offers", ...page, widened }],
  ["offers for a need that is gone", { kind: "offers", ...page, needs: ["gone"] }],
  ["offers in the middle of a search", { kind: "offers", ...page, position }],
  ["offers where the place is asked for", { kind: "offers", ...page, asksPlace: true }],
  ["capacity, known", { kind: "capacity", ...page, found: found(offerOf("a", { capacity })) }],
  ["capacity, none free", { kind: "capacity", ...page, found: found(offerOf("a", { capacity: { ...capacity, available: 0 } })) }],
  ["capacity, unknown", { kind: "capacity", ...page }],
  ["foreign language", { kind: "foreign-language", needs: ["dolmetscher"], found: found(offerOf("a")) }],
  ...(["greeting", "thanks", "goodbye", "insult", "yes", "no"] as const).map(
    (about) => [`smalltalk ${about}`, { kind: "smalltalk", about }] as const,
  ),
  ...(["welcome", "who-are-you", "what-can-you-do", "privacy", "delete-data", "deleted", "settings"] as const).map(
    (about) => [`meta ${about}`, { kind: "meta", about }] as const,
  ),
  ["meta help", { kind: "meta", about: "help", unknownCommand: false }],
  ["meta help after an unknown command", { kind: "meta", about: "help", unknownCommand: true }],
  ["meta my-data", { kind: "meta", about: "my-data", stored }],
  ["meta my-data of nobody", { kind: "meta", about: "my-data", stored: nothingStored }],
  ...crisisKinds.map((about) => [`crisis ${about}`, { kind: "crisis", about, needs: ["notruf"], found: found(offerOf("a")) }] as const),
  ["crisis without places", { kind: "crisis", about: "suicide", needs: [], found: [] }],
  ...(["waiting", "still-waiting", "taken", "returned"] as const).map(
    (about) => [`handover ${about}`, { kind: "handover", about }] as const,
  ),
  ["handover said", { kind: "handover", about: "said", text: saidByStaff }],
  ...(["staff", "nobody-came", "human-silent"] as const).map(
    (by) => [`handover ended by ${by}`, { kind: "handover", about: "ended", by }] as const,
  ),
  ...[true, false].flatMap((asksWhy) =>
    [true, false].map(
      (offersHuman) =>
        [`feedback wrong ${asksWhy} ${offersHuman}`, { kind: "feedback", about: "wrong", rated: 17, asksWhy, offersHuman }] as const,
    ),
  ),
  ...(["reason", "ask-comment", "comment-stored"] as const).map((about) => [`feedback ${about}`, { kind: "feedback", about }] as const),
  ["watch what", { kind: "watch", about: "what" }],
  ["watch ask", { kind: "watch", about: "ask", wish, key: "1a2b3c4d", pushes: true, ...page }],
  ["watch ask for a code", { kind: "watch", about: "ask", wish, key: "1a2b3c4d", pushes: false, ...page, found: [] }],
  ["watch opened", { kind: "watch", about: "opened", watch: { ...watch, lang: "de" }, organization: "Heim Nord" }],
  ["watch opened with a code", { kind: "watch", about: "opened", watch: { ...watch, lang: "de", code: "apfel birne" } }],
  ["watch already", { kind: "watch", about: "already", watch }],
  ...(["declined", "unknown-code", "too-many-codes"] as const).map((about) => [`watch ${about}`, { kind: "watch", about }] as const),
  ["watch list of none", { kind: "watch", about: "list", watches: [] }],
  ["watch list", { kind: "watch", about: "list", watches: [watch, watch] }],
  ["watch stopped", { kind: "watch", about: "stopped", ended: 1, left: [] }],
  ["watch stopped, some left", { kind: "watch", about: "stopped", ended: 2, left: [watch] }],
  ["watch stopped, none there", { kind: "watch", about: "stopped", ended: 0, left: [] }],
  ["watch news of places", { kind: "watch", about: "news", watch, found: found(offerOf("a", { capacity })), as: "pushed", more: 2 }],
  ["watch news of offers", { kind: "watch", about: "news", watch, found: found(offerOf("a"), offerOf("b")), as: "asked", more: 0 }],
  ["watch news, none", { kind: "watch", about: "news", watch, found: [], as: "asked", more: 0 }],
  ["watch news, hidden", { kind: "watch", about: "news", watch, found: found(offerOf("a")), as: "hidden", more: 0 }],
  ["capacity, outdated", { kind: "capacity", ...page, found: [{ offer: offerOf("a", { capacity }), score: 1, outdated: true }] }],
  ...appointments.map(
    (each) =>
      [`appointments ${each.kind}`, { kind: "offers", ...page, found: [{ offer: offerOf("a"), score: 1, appointments: each }] }] as const,
  ),
  ...(["rate-right", "language", "simpler", "longer"] as const).map(
    (about) => [`confirmation ${about}`, { kind: "confirmation", about }] as const,
  ),
  ["out-of-scope", { kind: "out-of-scope" }],
  ...(["empty", "too-long", "attachment", "photo", "voice", "sticker"] as const).map(
    (reason) => [`unreadable ${reason}`, { kind: "unreadable", reason }] as const,
  ),
  ...(["not-understood", "nothing-in-catalogue", "no-more", "outdated-list"] as const).map(
    (reason) => [`no-answer ${reason}`, { kind: "no-answer", reason }] as const,
  ),
  ["no-answer with the nearest need", { kind: "no-answer", reason: "not-understood", nearest: "hund" }],
  ["no-answer with a need that is gone", { kind: "no-answer", reason: "nothing-in-catalogue", nearest: "gone" }],
];

/** Each language is named in itself, the same in all of them. */
const labelsOf = (reply: Reply) => reply.buttons.flatMap(({ label, value }) => (value.startsWith("lang:") ? [] : [label]));
const fixedStrings = (reply: Reply) => [...reply.lead, ...reply.closing, ...labelsOf(reply)];
const allStrings = (reply: Reply) => [
  ...fixedStrings(reply),
  ...reply.buttons.map(({ value }) => value),
  ...reply.cards.flatMap(({ id, title, lines, url, source }) => [id, title, ...lines, url, source]),
];
const shownStrings = (reply: Reply) => [
  ...fixedStrings(reply),
  ...reply.cards.flatMap(({ title, lines, source }) => [title, lines.join("\n"), source]),
];

/** What offers and people say, which may stand in an answer in every language; days and numbers as the language writes them. */
function dataIn(lang: Lang): readonly string[] {
  const offers = [...["a", "b", "c"].map((id) => offerOf(id)), project, measure, task];
  const texts = offers.flatMap(({ title, summary, skills }) => [
    localizeTitle(title, lang).text,
    ...[summary, skills].flatMap((each) => (each === undefined ? [] : localize(each, lang).text.split(". "))),
  ]);
  const needs = [...new Set(offers.flatMap((each) => each.needs)), "hund"].map((id) => `${id} (${lang})`);
  const said = [
    stored.search?.text ?? "",
    stored.search?.slots.when ?? "",
    standing.title,
    signUp.title,
    "Doppelt",
    "Bürgerbüro",
    "Heim Nord",
  ];
  const times = [
    ...appointments.flatMap((each) => ("first" in each ? [each.first, each.asOf] : "asOf" in each ? [each.asOf] : [])),
    capacity.asOf,
  ];
  return [
    ...texts,
    ...needs,
    ...said,
    ...written,
    localizeTitle(article.title, lang).text,
    article.text.de,
    ...times.map((time) => formatMoment(time, lang)),
    ...daysIn(lang),
    ...commandIds.map((id) => `/${commandName(id, lang)}`),
    ...["Quelle", "Org", "Sendling", "K7M2-9QXD", "A2B3-C4D5", "apfel birne", localize(capacity.unit, lang).text],
  ];
}

describe.each(languages)("answers in %s", (lang) => {
  it("something is said to each finding, and no string is empty or unfinished", () => {
    for (const [name, finding] of findings) {
      const reply = composer.compose(finding, manner(lang));
      expect(replyText(reply).length, name).toBeGreaterThan(5);
      for (const text of allStrings(reply)) {
        expect(text, name).toMatch(/^\S(?:.*\S)?$/su);
        expect(text, name).not.toMatch(/\bundefined\b|\bnull\b|\bNaN\b|\[object|\$\{|=>/);
      }
      for (const { value } of reply.buttons) expect(Buffer.byteLength(value), name).toBeLessThanOrEqual(60);
    }
  });

  it.each([false, true])("every string is made of that language's sentences and of data (simple: %s)", (simple) => {
    const isOwn = createLanguageCheck(lang, dataIn(lang));
    for (const [name, finding] of findings.filter(([, { kind }]) => kind !== "foreign-language")) {
      const reply = composer.compose(finding, manner(lang, { simple }));
      expect(reply.lang, name).toBe(lang);
      expect(
        shownStrings(reply).filter((text) => !isOwn(text)),
        name,
      ).toEqual([]);
    }
  });

  it("labels the lines of a card in that language", () => {
    const full = offerOf("a", {
      forWhom: { de: "Eltern", en: "Parents" },
      cost: { free: true },
      online: true,
      phone: "115",
      wheelchair: true,
      capacity,
      title: { de: "Titel", ...Object.fromEntries(languages.map((each) => [each, "Titel"])) },
    });
    const linesIn = (each: Lang) =>
      composer.compose({ kind: "offers", ...page, found: found(full) }, manner(each)).cards[0]?.lines.slice(1) ?? [];
    const own = linesIn(lang);
    expect(own).toHaveLength(6);
    // Said alike in several of the languages, and right in each.
    const international = (line: string) => !/^(?:Telefon|Телефон|Для кого)/.test(line);
    for (const other of languages.filter((each) => each !== lang))
      expect(own.filter(international).filter((line) => linesIn(other).includes(line))).toEqual([]);
  });

  it.each(crisisKinds)("a crisis (%s) has its number in the first line, and no question or button before help", (about) => {
    const reply = composer.compose({ kind: "crisis", about, needs: [], found: [] }, manner(lang));
    const [firstLine = ""] = replyText(reply).split("\n");
    expect(firstLine).toMatch({ suicide: /0800 6553000/, violence: /110/, child: /110/, medical: /112/ }[about]);
    expect(reply.buttons).toEqual([]);
  });

  it("a crisis is worded the same, whether short is wanted or not", () => {
    for (const about of crisisKinds) {
      const finding = { kind: "crisis", about, needs: [], found: [] } as const;
      expect(composer.compose(finding, manner(lang, { simple: true })).lead).toEqual(composer.compose(finding, manner(lang)).lead);
    }
  });

  it("an offer that nobody checked says so, with the place to check it", () => {
    const unchecked = offerOf("a", { status: "unchecked", checkedAt: undefined });
    const [card] = composer.compose({ kind: "offers", ...page, found: found(unchecked) }, manner(lang)).cards;
    expect(card?.source.replace(/[\u2066-\u2069]/g, "")).toBe(words[lang].unchecked("example.org/quelle"));
  });

  it("an offer that somebody checked says where and when", () => {
    const [card] = composer.compose({ kind: "offers", ...page }, manner(lang)).cards;
    expect(card?.source).toContain("Quelle");
    expect(card?.source).toMatch(/2026|٢٠٢٦/);
  });

  it("an offer that is made up says that first of all", () => {
    const [card] = composer.compose({ kind: "offers", ...page, found: found(offerOf("a", { demo: true })) }, manner(lang)).cards;
    expect(card?.source).toBe(words[lang].demo);
  });

  it("says so where something was not found and the search went on without it", () => {
    const { lead } = composer.compose({ kind: "offers", ...page, widened }, manner(lang));
    expect(lead).toEqual([
      words[lang].foundFor(`kita-platz (${lang})`),
      words[lang].widened("Sendling"),
      words[lang].widenedCost,
      words[lang].widenedWheelchair,
    ]);
  });

  it("says which language an offer's text is in, where it is another", () => {
    const { cards, closing } = composer.compose({ kind: "offers", ...page }, manner(lang));
    if (lang === "de" || lang === "en") {
      expect(closing).toEqual([]);
      expect(cards[0]).not.toHaveProperty("lang");
      expect(cards[0]).not.toHaveProperty("titleLang");
    } else {
      expect(closing).toEqual([words[lang].textInLanguage(words[lang].languageNames.en)]);
      expect(cards.map((card) => card.lang)).toEqual(["en", "en", "en"]);
      expect(cards[0]).toMatchObject({ title: "Titel a", titleLang: "de" });
      expect(cards[0]?.lines[0]).toBe(`kita-platz (${lang})`);
    }
  });

  it("free places come with their moment, and it says so where nobody counts", () => {
    const lineOf = (available: number) =>
      composer.compose({ kind: "capacity", ...page, found: found(offerOf("a", { capacity: { ...capacity, available } })) }, manner(lang));
    const free = lineOf(3).cards[0]?.lines.find((line) => /3|٣/.test(line)) ?? "";
    expect(free).toMatch(/2026|٢٠٢٦/);
    const full = lineOf(0).cards[0]?.lines ?? [];
    expect(full).not.toContain(free);
    expect(full.some((line) => /2026|٢٠٢٦/.test(line))).toBe(true);
    expect(lineOf(3).lead).not.toContain(words[lang].capacityUnknown);
    expect(composer.compose({ kind: "capacity", ...page }, manner(lang)).lead).toContain(words[lang].capacityUnknown);
  });
});

describe("what was asked about an offer", () => {
  const asked = (fact: Fact, change: Partial<Offer>, lang: Lang = "de") =>
    composer.compose({ kind: "offers", ...page, found: found(offerOf("a", change)), asked: fact }, manner(lang)).cards[0]?.lines ?? [];

  it.each<[Fact, Partial<Offer>, string]>([
    ["cost", { cost: { free: true } }, "Kosten: kostenlos"],
    ["papers", { papers: { de: "Pass und Foto", en: "Passport and photo" } }, "Mitbringen: Pass und Foto"],
    ["contact", { email: "amt@example.org" }, "E-Mail: amt@example.org"],
    ["audience", { forWhom: { de: "Eltern", en: "Parents" } }, "Für wen: Eltern"],
    ["route", { online: true }, "Wo: im Netz oder am Telefon"],
  ])("stands first, once: %s", (fact, change, line) => {
    const lines = asked(fact, change);
    expect(lines[0]).toBe(line);
    expect(lines.filter((each) => each === line)).toHaveLength(1);
  });

  it.each<[Fact, string]>([
    ["cost", "Kosten: Das weiß ich nicht."],
    ["papers", "Mitbringen: Das weiß ich nicht."],
    ["contact", "Kontakt: Das weiß ich nicht."],
    ["audience", "Für wen: Das weiß ich nicht."],
    ["route", "Wo: Das weiß ich nicht."],
  ])("is not made up where it is not known: %s", (fact, line) => {
    const empty = { cost: undefined, papers: undefined, phone: undefined, email: undefined, forWhom: undefined, address: undefined };
    expect(asked(fact, { ...empty, online: undefined })[0]).toBe(line);
  });

  it("stays where the answer is too long", () => {
    const summary = { de: "Ein Satz zu viel. ".repeat(60).trim(), en: "Long." };
    const offers = found(...["a", "b", "c"].map((id) => offerOf(id, { summary, phone: "089 123", cost: { free: true } })));
    const { cards } = composer.compose({ kind: "offers", ...page, found: offers, asked: "contact" }, manner("de"));
    for (const { lines } of cards) expect(lines).toEqual(expect.arrayContaining(["Telefon: 089 123", "Ein Satz zu viel."]));
  });
});

describe("an offer's card", () => {
  function cardOf(change: Partial<Offer>, simple = false, lang: Lang = "de"): OfferCard {
    const [card] = composer.compose({ kind: "offers", ...page, found: found(offerOf("a", change)) }, manner(lang, { simple })).cards;
    if (card === undefined) throw new Error("no card");
    return card;
  }

  it("says nothing that the offer does not say", () => {
    expect(cardOf({}).lines).toEqual(["Erster Satz. Zweiter Satz.", "Wo: für ganz München"]);
  });

  it.each<readonly [Partial<Offer>, string]>([
    [{ cost: { free: true } }, "Kosten: kostenlos"],
    [{ cost: { free: false } }, "Kosten: kostet Geld"],
    [{ cost: { free: false, text: { de: "5 Euro am Tag", en: "5 euros a day" } } }, "Kosten: 5 Euro am Tag"],
    [{ age: { from: 3, to: 6 } }, "Für wen: von 3 bis 6 Jahren"],
    [{ age: { from: 60 } }, "Für wen: ab 60 Jahren"],
    [{ age: { to: 6 } }, "Für wen: bis 6 Jahre"],
    [{ age: { from: 0 } }, "Für wen: ab 0 Jahren"],
    [{ forWhom: { de: "Eltern", en: "Parents" }, age: { to: 6 } }, "Für wen: Eltern, bis 6 Jahre"],
    [{ online: true }, `Wo: ${words.de.online}`],
    [{ address: { street: "Weg 1", postcode: "81371", city: "München" } }, "Wo: Weg 1, 81371 München"],
    [{ address: { street: "Weg 1", postcode: "81371", city: "München" }, district: "Sendling" }, "Wo: Weg 1, 81371 München (Sendling)"],
    [{ phone: "089 233-0" }, "Telefon: 089 233-0"],
    [{ wheelchair: true }, "Mit Roll-Stuhl möglich"],
    [{ capacity }, "Frei: 3 Plätze. Stand: 20. November 2026 um 10:00."],
  ])("%j → %s", (change, line) => {
    expect(cardOf(change).lines).toContain(line);
  });

  it.each<Partial<Offer>>([{ wheelchair: false }, { age: {} }, { online: false }])("%j adds no line", (change) => {
    expect(cardOf(change).lines).toHaveLength(2);
  });

  it("is short where short is wanted: one sentence, and where and what it costs", () => {
    const { lines } = cardOf({ forWhom: { de: "Eltern", en: "Parents" }, cost: { free: true } }, true);
    expect(lines).toEqual(["Erster Satz.", "Wo: für ganz München", "Kosten: kostenlos"]);
  });

  it("has a title in German where there is none in that language, with what it is for and a note on the language of the text", () => {
    const offer = offerOf("a", {
      needs: ["kita-platz", "hund", "ehrenamt"],
      summary: { de: "Ein Satz.", en: "A sentence.", tr: "Bir cümle." },
    });
    const { cards, closing } = composer.compose({ kind: "offers", ...page, found: found(offer) }, manner("tr"));
    expect(cards[0]).toMatchObject({ title: "Titel a", titleLang: "de" });
    expect(cards[0]).not.toHaveProperty("lang");
    expect(cards[0]?.lines.slice(0, 2)).toEqual(["kita-platz (tr), hund (tr)", "Bir cümle."]);
    expect(closing).toEqual([]);
    const gone = composer.compose({ kind: "offers", ...page, found: found(offerOf("a", { needs: ["gone"] })) }, manner("tr"));
    expect(gone.cards[0]?.lines[0]).toBe("First sentence. Second sentence.");
  });

  it("shows the days of Munich: free places counted at midnight in summer", () => {
    expect(cardOf({ capacity: { ...capacity, asOf: "2026-06-30T22:30:00Z" } }).lines.at(-1)).toContain("1. Juli 2026 um 00:30");
  });

  it("keeps numbers readable inside Arabic", () => {
    const { lines } = cardOf({ phone: "089 233-0" }, false, "ar");
    expect(lines.join()).toContain("\u2066089 233-0\u2069");
  });

  it("shows what an offer says as it is, whatever it is", () => {
    const text = "<b>*fett*</b> [x](http://y)";
    expect(cardOf({ title: { de: text, en: text } }).title).toBe(text);
  });
});

describe("ways to go on", () => {
  const values = (finding: Finding) => composer.compose(finding, manner("de")).buttons.map(({ value }) => value);

  it("more, only where there is more, and rating", () => {
    expect(values({ kind: "offers", ...page })).toEqual(["more", "right", "wrong"]);
    expect(values({ kind: "offers", ...page, more: false })).toEqual(["right", "wrong"]);
  });

  it("the pages after and before this one, each by its offset in this search; back only where a page takes another one's place", () => {
    const finding = { kind: "offers", ...page, position } as const;
    const replacing = composer.compose(finding, manner("de", { replaces: true }));
    expect(replacing.buttons.map(({ value }) => value)).toEqual(["more:6:1a2b3c4d", "more:0:1a2b3c4d", "right", "wrong"]);
    expect(replacing.buttons.map(({ inPlace }) => inPlace)).toEqual([true, true, undefined, undefined]);
    expect(values(finding)).toEqual(["more:6:1a2b3c4d", "right", "wrong"]);
    const first = composer.compose({ ...finding, position: { search: "1a2b3c4d", next: 3 } }, manner("de", { replaces: true }));
    expect(first.buttons.map(({ value }) => value)).toEqual(["more:3:1a2b3c4d", "right", "wrong"]);
  });

  it("sharing the place, where that is asked for and can be done; words where not", () => {
    const finding = { kind: "offers", ...page, asksPlace: true } as const;
    const sharing = composer.compose(finding, manner("de", { sharesPlace: true }));
    expect(sharing.buttons.at(-1)).toEqual({
      ...{ label: words.de.sharePlace, value: "place", shares: "place" },
      says: words.de.askPlaceByButton,
    });
    // Clients that do not show the button say how to do without.
    expect(sharing.closing.at(-1)).toBe(words.de.askPlace);
    const writing = composer.compose(finding, manner("de"));
    expect(writing.buttons.some(({ shares }) => shares !== undefined)).toBe(false);
    expect(writing.closing).toContain(words.de.askPlace);
  });

  it("every language by its own name and the other way to write, in the settings", () => {
    const settings = (simple: boolean) => composer.compose({ kind: "meta", about: "settings" }, manner("de", { simple })).buttons;
    expect(settings(false).map(({ value }) => value)).toEqual(["simple:on", ...languages.map((lang) => `lang:${lang}`)]);
    expect(settings(true)[0]).toMatchObject({ value: "simple:off" });
    expect(settings(false).map(({ label }) => label)).toEqual(expect.arrayContaining(["Deutsch", "Türkçe", "українська", "العربية"]));
  });

  it("the nearest need, where nothing was found", () => {
    expect(values({ kind: "no-answer", reason: "not-understood", nearest: "hund" })).toContain("need:hund");
    expect(values({ kind: "no-answer", reason: "not-understood", nearest: "gone" })).not.toContain("need:gone");
    expect(composer.compose({ kind: "no-answer", reason: "not-understood" }, manner("de")).lead.join()).toContain("115");
  });

  it("deleting, where data are spoken of", () => {
    expect(values({ kind: "meta", about: "privacy" })).toContain("delete");
    expect(values({ kind: "meta", about: "delete-data" })).toContain("delete");
    expect(values({ kind: "meta", about: "deleted" })).not.toContain("delete");
  });
});

describe("a language that is not spoken here", () => {
  it("is answered in German and English, whatever the interface is in, with the nine languages and places that help", () => {
    for (const lang of languages) {
      const { lead, cards } = composer.compose({ kind: "foreign-language", needs: [], found: found(offerOf("a")) }, manner(lang));
      expect(lead).toEqual([words.de.foreignLanguage, words.en.foreignLanguage]);
      expect(cards).toHaveLength(1);
    }
    for (const name of ["Deutsch", "Englisch", "Türkisch", "Ukrainisch", "Russisch", "Arabisch", "Italienisch", "Französisch", "Kroatisch"])
      expect(words.de.foreignLanguage).toContain(name);
  });
});

describe("a first answer", () => {
  it("says that a computer programme writes: first of all, but after the help of a crisis, and only once", () => {
    for (const lang of languages) {
      const { notice } = words[lang].page;
      const first = (finding: Finding) => composer.compose(finding, manner(lang, { introduce: true }));
      expect(first({ kind: "offers", ...page }).lead[0]).toBe(notice);
      expect(first({ kind: "smalltalk", about: "greeting" }).lead[0]).toBe(notice);
      const crisis = first({ kind: "crisis", about: "suicide", needs: [], found: [] });
      expect(crisis.lead[0]).toBe(words[lang].crisis.suicide);
      expect(crisis.closing).toContain(notice);
      expect(fixedStrings(composer.compose({ kind: "offers", ...page }, manner(lang)))).not.toContain(notice);
    }
  });
});

describe("who carries the messages", () => {
  const carrier = { name: "Telegram", insteadUrl: "https://lotse.example" };

  it("is said before the answer, with a way without; after the help of a crisis, and below a text that introduces itself", () => {
    for (const lang of languages) {
      const notice = words[lang].carrier(carrier.name, carrier.insteadUrl);
      expect(notice).toContain("https://lotse.example");
      const told = (finding: Finding) => composer.compose(finding, manner(lang, { introduce: true, carrier }));
      expect(told({ kind: "offers", ...page }).lead.slice(0, 2)).toEqual([words[lang].page.notice, notice]);
      expect(told({ kind: "meta", about: "welcome" }).lead).toEqual([words[lang].welcome, notice]);
      expect(told({ kind: "meta", about: "settings" }).lead.slice(0, 2)).toEqual([words[lang].page.notice, notice]);
      const crisis = told({ kind: "crisis", about: "suicide", needs: [], found: [] });
      expect(crisis.lead).toEqual([words[lang].crisis.suicide]);
      expect(crisis.closing).toContain(notice);
    }
  });
});

describe("an answer to changed words", () => {
  it("says so, but a crisis first of all", () => {
    const edited = (finding: Finding) => composer.compose(finding, manner("de", { edited: true }));
    expect(edited({ kind: "offers", ...page }).lead[0]).toBe(words.de.edited);
    expect(edited({ kind: "crisis", about: "medical", needs: [], found: [] }).lead).toEqual([words.de.crisis.medical]);
  });
});

describe("the list of commands", () => {
  it("names each command as it works in that language, after what can be asked", () => {
    for (const lang of languages) {
      const { lead } = composer.compose({ kind: "meta", about: "help", unknownCommand: false }, manner(lang));
      const list = lead.at(-1) ?? "";
      for (const id of commandIds) {
        expect(list).toContain(`/${commandName(id, lang)} – ${words[lang].commands[id]}`);
        expect(findCommand(commandName(id, lang))).toBe(id);
      }
      expect(lead).toContain(words[lang].whatCanYouDo);
      expect(lead).not.toContain(words[lang].unknownCommand);
    }
  });

  it("says so where a command is not known", () => {
    expect(composer.compose({ kind: "meta", about: "help", unknownCommand: true }, manner("de")).lead[0]).toBe(words.de.unknownCommand);
  });
});

describe("talking to a person", () => {
  const textOf = (finding: Finding, of: Composer = composer) => replyText(of.compose(finding, manner("de")));

  it("names the hours that are set, and none where none are", () => {
    const serviceHours = [
      { first: 1, last: 4, opens: "09:00", closes: "16:30" },
      { first: 5, last: 5, opens: "09:00", closes: "12:00" },
    ];
    const waiting = { kind: "handover", about: "waiting" } as const;
    const told = textOf(
      waiting,
      createComposer(() => undefined, { serviceHours }),
    );
    expect(told).toContain(`${words.de.handover.hours}\nMontag bis Donnerstag: 9 bis 16:30 Uhr\nFreitag: 9 bis 12 Uhr`);
    expect(textOf(waiting)).toContain(words.de.handover.noHours);
    expect(textOf(waiting)).not.toMatch(/Uhr|Montag/);
  });

  it("marks what a person wrote, and says nothing while one answers, not even in a first answer", () => {
    const said = composer.compose({ kind: "handover", about: "said", text: saidByStaff }, manner("tr"));
    expect(said).toMatchObject({ writer: "human", lead: [words.tr.handover.writes, saidByStaff] });
    const silent = composer.compose({ kind: "handover", about: "passed-on" }, manner("de", { introduce: true }));
    expect(silent).toEqual({ lang: "de", lead: [], cards: [], closing: [], buttons: [], silent: true });
  });
});

describe("rating", () => {
  const rating = (finding: Finding) => composer.compose(finding, manner("de", { messageId: 17 })).buttons.map(({ value }) => value);

  it("stands below every answer that found or missed something, each naming the message that it answers", () => {
    const rated: readonly Finding[] = [
      { kind: "offers", ...page },
      { kind: "capacity", ...page },
      { kind: "foreign-language", needs: ["dolmetscher"], found: page.found },
      { kind: "no-answer", reason: "not-understood" },
      { kind: "no-answer", reason: "nothing-in-catalogue" },
      { kind: "out-of-scope" },
    ];
    for (const finding of rated) expect(rating(finding), finding.kind).toEqual(expect.arrayContaining(["right:17", "wrong:17"]));
    const unrated: readonly Finding[] = [
      { kind: "crisis", about: "suicide", needs: [], found: [] },
      { kind: "smalltalk", about: "greeting" },
      { kind: "handover", about: "waiting" },
    ];
    for (const finding of unrated) expect(rating(finding).join(), finding.kind).not.toContain(":17");
  });
});

describe("what is kept of a conversation", () => {
  it("is told with its counts, the settings and the last search, and can be deleted", () => {
    const reply = composer.compose({ kind: "meta", about: "my-data", stored }, manner("de"));
    const text = replyText(reply);
    for (const part of [
      "Der Chat besteht seit: 22. November 2026.",
      "Nachrichten von Ihnen: 5. Davon mit Text: 3.",
      "Antworten von mir: 4.",
      "So oft haben Sie mich bewertet: 1.",
      "Sprache: Deutsch.",
      "Einfache Antworten: aus.",
      "„Kita in Sendling“",
      "kita-platz (de), Sendling, Alter: 3, kostenlos, Mit Roll-Stuhl möglich, Türkisch, 1. Dezember 2026, im Dezember",
    ])
      expect(text).toContain(part);
    expect(reply.buttons.map(({ value }) => value)).toEqual(["delete"]);
  });

  it("names no search where none is kept", () => {
    const text = replyText(composer.compose({ kind: "meta", about: "my-data", stored: nothingStored }, manner("de")));
    expect(text).not.toMatch(/letzte Suche:|verstanden/);
  });
});

it("the same finding in the same manner gives the same reply", () => {
  for (const [, finding] of findings) expect(composer.compose(finding, manner("uk"))).toEqual(composer.compose(finding, manner("uk")));
});
