import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readContent } from "../../src/catalogue/content-files.ts";
import type { Content } from "../../src/core/content.ts";
import { intentOfNeed, needOfIntent, noNeed, taughtNeed } from "../../src/core/intents.ts";
import { languages, localize } from "../../src/core/languages.ts";
import { offerKinds } from "../../src/core/offer.ts";
import { projectRoot } from "../../src/node-content.ts";
import { itShared, sharedPath } from "../support/shared.ts";

const Gaps = z.array(z.object({ need: z.string(), reason: z.string() }));
const NeedCatalogue = z.array(z.object({ group: z.string(), needs: z.array(z.object({ id: z.string() })) }));
const askedFor = [
  ...["find-offer", "free-places", "opening-hours", "costs", "papers", "contact", "book-appointment", "nearest", "events", "courses"],
  ...["participation", "report-idea", "volunteer", "measure", "watch", "stop-watch", "rate-right", "rate-wrong", "human", "language"],
  ...["simpler", "who-are-you", "what-can-you-do", "privacy", "delete-data", "greeting", "thanks", "goodbye", "insult"],
  ...["crisis-suicide", "crisis-violence", "crisis-child", "crisis-medical", "out-of-scope"],
];

let content: Content;
let withDemo: Content;

beforeAll(async () => {
  content = await readContent({ root: projectRoot, demo: false });
  withDemo = await readContent({ root: projectRoot, demo: true });
});

/** Words alone; what has none ("👍") is itself. */
const normalize = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim() || text;

async function readGaps(): Promise<z.infer<typeof Gaps>> {
  const files = await Promise.all(
    ["gaps-a.yaml", "gaps-b.yaml"].map((name) => readFile(join(projectRoot, "knowledge/offers", name), "utf8")),
  );
  return files.flatMap((file) => Gaps.parse(parse(file)));
}

describe("the needs that ship", () => {
  it("are 70, in all nine languages, with eight German words and three in each other language", () => {
    expect(content.needs).toHaveLength(70);
    for (const need of content.needs) {
      expect(new Set(need.words.de.map(normalize)).size, need.id).toBeGreaterThanOrEqual(8);
      for (const lang of languages) {
        expect(need.label[lang], `${need.id} ${lang}`).toMatch(/\p{L}{3}/u);
        expect(new Set(need.words[lang].map(normalize)).size, `${need.id} ${lang}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  itShared("are those of the city's list, in the same groups", async () => {
    const groups = NeedCatalogue.parse(parse(await readFile(sharedPath("catalogue/needs.yaml"), "utf8")));
    const listed = groups.flatMap(({ group, needs }) => needs.map(({ id }) => `${group}/${id}`));
    expect(content.needs.map(({ group, id }) => `${group}/${id}`).toSorted()).toEqual(listed.toSorted());
  });

  it("have example questions in every language", () => {
    for (const { id } of content.needs) {
      const spoken = new Set(content.questions.filter(({ need }) => need === id).map(({ lang }) => lang));
      expect([...spoken].toSorted(), id).toEqual([...languages].toSorted());
    }
  });
});

describe("the intents that ship", () => {
  it("are those that the assistant knows how to answer", () => {
    expect(content.intents.length).toBeGreaterThanOrEqual(26);
    expect(content.intents.map(({ id }) => id)).toEqual(expect.arrayContaining(askedFor));
  });

  it("have 15 German examples, 6 English ones and 3 in each other language, none twice", () => {
    for (const { id, examples } of content.intents) {
      for (const lang of languages) {
        const least = lang === "de" ? 15 : lang === "en" ? 6 : 3;
        expect(new Set(examples[lang].map(normalize)).size, `${id} ${lang}`).toBeGreaterThanOrEqual(least);
      }
    }
  });

  it("have five test sentences that are no examples of any intent", () => {
    const examples = new Set(content.intents.flatMap((intent) => languages.flatMap((lang) => intent.examples[lang].map(normalize))));
    for (const { id, tests } of content.intents) {
      expect(new Set(tests.map(({ text }) => normalize(text))).size, id).toBeGreaterThanOrEqual(5);
      for (const { text } of tests) expect(examples.has(normalize(text)), `${id}: ${text}`).toBe(false);
    }
  });

  it("have no test sentence that is a near copy of an example of its own", () => {
    const gramSize = 4;
    const mostShared = 0.6;
    const gramsOf = (text: string) => {
      const plain = normalize(text);
      return new Set(Array.from({ length: Math.max(0, plain.length - gramSize + 1) }, (_, start) => plain.slice(start, start + gramSize)));
    };
    const examples = content.intents.flatMap((intent) =>
      languages.flatMap((lang) => intent.examples[lang].map((text) => ({ intent: intent.id, lang, text, grams: gramsOf(text) }))),
    );
    const near = content.intents.flatMap(({ id, tests }) =>
      tests.flatMap(({ lang, text }) => {
        const grams = gramsOf(text);
        return examples
          .filter((example) => example.intent === id && example.lang === lang)
          .filter((example) => {
            const both = [...grams].filter((gram) => example.grams.has(gram)).length;
            return both / Math.max(1, Math.max(grams.size, example.grams.size)) > mostShared;
          })
          .map((example) => `${id}: ${text} | ${example.text}`);
      }),
    );
    expect(near).toEqual([]);
  });

  it("belong to needs that ship, where an intent is about one", () => {
    const ids = new Set(content.needs.map(({ id }) => id));
    for (const { id } of content.intents) {
      const need = needOfIntent(id) ?? taughtNeed(id);
      if (need !== undefined && need !== noNeed) expect(ids.has(need), `${id}: ${need}`).toBe(true);
    }
    for (const need of ids) expect(content.intents.map(({ id }) => id)).toContain(intentOfNeed(need));
  });

  it("never have one sentence under two intents", () => {
    const places = new Map<string, string>();
    for (const { id, examples } of content.intents) {
      for (const text of languages.flatMap((lang) => examples[lang].map(normalize))) {
        expect([id, undefined], `"${text}" in ${id} and ${places.get(text)}`).toContain(places.get(text));
        places.set(text, id);
      }
    }
  });
});

describe("the districts that ship", () => {
  it("are Munich's 25, each with quarters and postcodes", () => {
    expect(content.districts.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect(new Set(content.districts.map(({ name }) => name)).size).toBe(25);
    for (const { name, quarters, postcodes } of content.districts) {
      expect(quarters.length, name).toBeGreaterThan(0);
      expect(postcodes.length, name).toBeGreaterThan(0);
      for (const postcode of postcodes) expect(postcode, name).toMatch(/^8[01]\d{3}$/);
    }
  });
});

describe("the offers that ship", () => {
  it("are at least 170, of every kind", () => {
    expect(content.offers.length).toBeGreaterThanOrEqual(170);
    expect([...new Set(content.offers.map(({ kind }) => kind))].toSorted()).toEqual([...offerKinds].toSorted());
  });

  it("are two or more for each need, or the need is on the list of gaps", async () => {
    const gaps = new Map((await readGaps()).map(({ need, reason }) => [need, reason]));
    for (const { id } of content.needs) {
      const count = content.offers.filter(({ needs }) => needs.includes(id)).length;
      expect(count, id).toBeGreaterThanOrEqual(1);
      if (count < 2) expect(gaps.get(id), `${id} has one offer and is no gap`).toMatch(/\w/);
    }
  });

  it("lie in districts that exist, in which their postcode lies", () => {
    const districts = new Map(content.districts.map((district) => [district.name, district]));
    for (const { id, district, address } of content.offers.filter((offer) => offer.district !== undefined)) {
      const found = districts.get(district ?? "");
      expect(found?.name, id).toBe(district);
      if (address !== undefined) expect(found?.postcodes, id).toContain(address.postcode);
    }
  });

  it("say how true they are: checked with a day that is past, or unchecked", () => {
    for (const { id, status, checkedAt, source } of content.offers) {
      expect(status === "checked", id).toBe(checkedAt !== undefined);
      if (checkedAt !== undefined) expect(checkedAt <= new Date().toISOString().slice(0, 10), id).toBe(true);
      expect(source.url, id).toMatch(/^https?:\/\/[\w.-]+\.\w+/);
    }
  });

  it("link to pages, and never carry free places that nobody counted", () => {
    for (const { id, url, capacity } of content.offers) {
      expect(url, id).toMatch(/^https?:\/\/[\w.-]+\.\w+/);
      expect(capacity, id).toBeUndefined();
    }
  });

  it("have titles that tell them apart", () => {
    const seen = new Map<string, string>();
    for (const { id, title, organization, address, district } of content.offers) {
      const key = [title.de, organization, address?.street, district].join("|");
      expect(seen.get(key), `${id} and ${seen.get(key)}`).toBeUndefined();
      seen.set(key, id);
    }
  });

  it("are made up only in knowledge/demo, and there they all say so", () => {
    expect(content.offers.filter(({ demo, id }) => demo === true || id.startsWith("demo-"))).toEqual([]);
    const real = new Set(content.offers.map(({ id }) => id));
    const madeUp = withDemo.offers.filter(({ id }) => !real.has(id));
    expect(madeUp.length).toBeGreaterThan(0);
    for (const { id, demo, title, organization, phone, url, source } of madeUp) {
      for (const lang of languages) expect(localize(title, lang).text, id).toMatch(/^(?:Beispiel|Example): /);
      expect(demo, id).toBe(true);
      expect(`${organization} ${source.name}`, id).toMatch(/Beispiel|Muster|Erfunden/i);
      expect(phone, id).toBeUndefined();
      expect(new URL(url).hostname, id).toMatch(/(?:^|\.)example\.(?:org|com|net)$/);
    }
  });
});
