import { beforeAll, describe, expect, it } from "vitest";
import { readContent } from "../../src/catalogue/content-files.ts";
import { languages } from "../../src/core/languages.ts";
import type { Offer } from "../../src/core/offer.ts";
import { projectRoot } from "../../src/node-content.ts";
import { checkPlainText, checkPlainTitle, findPromises, type PlainHit } from "../../src/text/plain/check.ts";
import { readSentences } from "../../src/text/plain/read-text.ts";
import { words } from "../../src/words/words.ts";

const { de } = words;

/** What stands for itself in an offer's text: who offers it, by the whole name and by its parts, the title, the source. */
function namesOf({ organization, title, source }: Offer): readonly string[] {
  return [organization, ...organization.split(/,\s*/), title.de, source.name];
}

/** What keeps a text from passing the gate. */
const errorsOf = (hits: readonly PlainHit[]) =>
  hits.filter(({ level }) => level === "error").map(({ rule, found, suggestion }) => `${rule}: ${found} (${suggestion})`);

const problemsOf = (text: string, names: readonly string[] = []) => errorsOf(checkPlainText(text, names));

/** Names of offices and places in titles, and a word that has no shorter one. */
const namesInTitles = ["Kfz-Zulassungsstelle", "Führerscheinstelle", "Nachbarschafts-", "Ackermannbogen", "Diskriminierung"];

describe("what ships in German passes the gate of plain language", () => {
  let offers: readonly Offer[];

  beforeAll(async () => {
    offers = (await readContent({ root: projectRoot, demo: true })).offers;
  });

  it("every offer's summary", () => {
    const failing = offers.flatMap((offer) => problemsOf(offer.summary.de, namesOf(offer)).map((problem) => `${offer.id}: ${problem}`));
    expect(failing).toEqual([]);
  });

  it("every offer's title", () => {
    const failing = offers.flatMap((offer) =>
      errorsOf(checkPlainTitle(offer.title.de, [offer.organization, offer.source.name, ...namesInTitles])).map(
        (problem) => `${offer.id}: ${problem}`,
      ),
    );
    expect(failing).toEqual([]);
  });

  it("for whom an offer is and what it costs: every rule but the formulas", () => {
    // Not whole sentences: the formulas measure running text.
    const formulas = /^(?:wiener|amstad|amstad-joined):/;
    const failing = offers.flatMap(({ id, forWhom, cost }) =>
      [forWhom?.de, cost?.text?.de].flatMap((text) =>
        text === undefined ? [] : problemsOf(text).flatMap((problem) => (formulas.test(problem) ? [] : [`${id}: ${problem} (${text})`])),
      ),
    );
    expect(failing).toEqual([]);
  });
});

it("no offer promises anything, in any language", async () => {
  const { offers } = await readContent({ root: projectRoot, demo: true });
  const failing = offers.flatMap(({ id, title, summary, forWhom, cost }) =>
    languages.flatMap((lang) =>
      [title[lang], summary[lang], forWhom?.[lang], cost?.text?.[lang]].flatMap((text) =>
        text === undefined ? [] : findPromises(text).map(({ found }) => `${id} ${lang}: ${found}`),
      ),
    ),
  );
  expect(failing).toEqual([]);
});

/** Every text of the German words, with values of the kind that really stand in them; labels of the page are no sentences. */
function germanTexts(): readonly (readonly [name: string, text: string])[] {
  const { page, languageNames, crisis, exampleQuestions, commands, myData, ...rest } = de;
  const texts: (readonly [string, string])[] = [
    ...Object.entries(crisis).map(([kind, text]) => [`crisis.${kind}`, text] as const),
    ...Object.entries(exampleQuestions).map(([name, text]) => [`exampleQuestions.${name}`, text] as const),
    ...(["lead", "notice", "failed", "noScript", "demoBanner"] as const).map((name) => [`page.${name}`, page[name]] as const),
    ["foundFor", rest.foundFor("Kita-Platz")],
    ["foundForTwo", rest.foundForTwo("Kita-Platz", "Hund")],
    ["widened", rest.widened("Sendling")],
    ["freePlaces", rest.freePlaces(3, "Plätze", "1. März 2027")],
    ["noFreePlaces", rest.noFreePlaces("Plätze", "1. März 2027")],
    ["age.between", rest.age.between(3, 6)],
    ["source", rest.source("Stadt München", "1. März 2027")],
    ["unchecked", rest.unchecked("muenchen.de")],
    ["nearestNeed", rest.nearestNeed("Kita-Platz")],
    ["textInLanguage", rest.textInLanguage("Englisch")],
    ["carrier", rest.carrier("Telegram", "https://lotse.example")],
    ["answerLanguage", rest.answerLanguage("Deutsch")],
    ...Object.entries(commands).map(([id, text]) => [`commands.${id}`, text] as const),
    ...(["lead", "redacted", "address", "forgotten"] as const).map((name) => [`myData.${name}`, myData[name]] as const),
    ["myData.since", myData.since("1. März 2027")],
    ["myData.messages", myData.messages(5, 3)],
    ["myData.answers", myData.answers(5)],
    ["myData.ratings", myData.ratings(1)],
    ["myData.search", myData.search("Kita in Sendling")],
    ["myData.understood", myData.understood("Kita-Platz, Sendling")],
  ];
  const { participation, volunteering } = rest;
  const filled = (name: string, part: Readonly<Record<string, unknown>>, values: Readonly<Record<string, string>>) =>
    Object.entries(part)
      .flatMap(([key, text]) => (typeof text === "string" ? [[`${name}.${key}`, text] as const] : []))
      .concat(Object.entries(values).map(([key, text]) => [`${name}.${key}`, text] as const));
  const day = "1. März 2027";
  texts.push(
    ...filled("participation", participation, {
      askText: participation.askText("Neuer Platz"),
      tooLong: participation.tooLong(2000),
      confirm: participation.confirm("Neuer Platz"),
      stores: participation.stores(day),
      receipt: participation.receipt("K7M2-9QXD"),
      platform: participation.platform("muenchen.de"),
      tooMany: participation.tooMany(5),
      closed: participation.closed("Neuer Platz"),
      waiting: participation.waiting("Neuer Platz"),
      approved: participation.approved("Neuer Platz"),
      rejected: participation.rejected("Neuer Platz"),
      votedImportant: participation.votedImportant("Neuer Platz"),
      votedUnimportant: participation.votedUnimportant("Neuer Platz"),
    }),
    ...filled("volunteering", volunteering, {
      joined: volunteering.joined("Handy-Hilfe"),
      joinedBefore: volunteering.joinedBefore("Handy-Hilfe"),
      receipt: volunteering.receipt("K7M2-9QXD", day),
      left: volunteering.left("Handy-Hilfe"),
      askMessage: volunteering.askMessage("Handy-Hilfe"),
      messageStores: volunteering.messageStores(day),
    }),
    ...filled("feedback", rest.feedback, {}),
    ...filled("feedback.reasons", rest.feedback.reasons, {}),
    ...filled("handover", rest.handover, { stored: rest.handover.stored(2) }),
    ...filled("handover.ended", rest.handover.ended, {}),
    ...filled("askers", rest.askers, { entry: rest.askers.entry(1, "1. März 2027", "1. April 2027") }),
    ["myData.askers", myData.askers(2)],
    ["myData.contributions", myData.contributions(2)],
    ["myData.votes", myData.votes(2)],
    ["myData.signUps", myData.signUps(2)],
  );
  return [...texts, ...Object.entries(rest).flatMap(([name, text]) => (typeof text === "string" ? [[name, text] as const] : []))];
}

/** Proper names in the crisis texts and languages, which nobody can write more simply. */
const names = [
  "Krisendienste Bayern",
  "Giftnotruf München",
  "Stadtlotse München",
  ...Object.values(de.languageNames),
  "JavaScript",
  "Telegram",
];

describe("every German sentence that the assistant says passes the gate of plain language", () => {
  const long = germanTexts().filter(([, text]) => text.split(/\s+/).length > 3);

  it.each(long)("%s", (_, text) => {
    expect(problemsOf(text, names)).toEqual([]);
  });

  it.each(long)("%s: each sentence has at most 15 words", (_, text) => {
    for (const sentence of readSentences(text)) expect(sentence.text.split(/\s+/).length, sentence.text).toBeLessThanOrEqual(15);
  });
});
