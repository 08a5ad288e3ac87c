import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { languages } from "../../src/core/languages.ts";
import type { Need, Offer } from "../../src/core/offer.ts";

const perLanguage = <Value>(make: (lang: string) => Value) => ({
  de: make("de"),
  en: make("en"),
  tr: make("tr"),
  uk: make("uk"),
  ru: make("ru"),
  ar: make("ar"),
  it: make("it"),
  fr: make("fr"),
  hr: make("hr"),
});

/** An offer with every required field; `change` says what is special about it. */
export function offerOf(id: string, change: Partial<Offer> = {}): Offer {
  return {
    id,
    kind: "service",
    organization: "Stadt München",
    title: { de: `Angebot ${id}`, en: `Offer ${id}` },
    summary: { de: "Hier bekommen Sie Hilfe.", en: "You get help here." },
    needs: ["kita-platz"],
    url: "https://example.org/",
    source: { name: "Beispiel", url: "https://example.org/" },
    status: "unchecked",
    ...change,
  };
}

/** A need whose German words are given. */
export function needOf(id: string, words: readonly string[], group = "familie"): Need {
  return { id, group, label: perLanguage((lang) => `${id} ${lang}`), words: perLanguage((lang) => (lang === "de" ? words : [])) };
}

const yamlList = (prefix: string, count: number) => `[${Array.from({ length: count }, (_, index) => `${prefix}${index}`).join(", ")}]`;
const perLanguageYaml = (make: (lang: string) => string) => languages.map((lang) => `  ${lang}: ${make(lang)}`).join("\n");

const needYaml = `id: kita-platz
group: familie
label:
${perLanguageYaml((lang) => `Kita ${lang}`)}
words:
${perLanguageYaml((lang) => yamlList(`wort-${lang}-`, lang === "de" ? 8 : 3))}
`;

const intentYaml = `id: greeting
title:
  de: Gruß
  en: Greeting
examples:
${perLanguageYaml((lang) => yamlList(`satz-${lang}-`, lang === "de" ? 15 : lang === "en" ? 6 : 3))}
tests:
${Array.from({ length: 5 }, (_, index) => `  - {lang: de, text: probe ${index}}`).join("\n")}
`;

const districtsYaml = `- number: 6
  name: Sendling
  quarters: [Untersendling]
  aliases: []
  postcodes: ["81371"]
`;

export const offersYaml = `- id: kita-eins
  kind: service
  organization: Stadt München
  title: {de: Kita eins, en: Nursery one}
  summary: {de: Hier spielen Kinder., en: Children play here.}
  needs: [kita-platz]
  district: Sendling
  age: {from: 1, to: 6}
  url: https://example.org/eins
  source: {name: Beispiel, url: https://example.org}
  status: checked
  checkedAt: 2026-06-08
- id: kita-zwei
  kind: service
  organization: Stadt München
  title: {de: Kita zwei, en: Nursery two}
  summary: {de: Hier spielen Kinder., en: Children play here.}
  needs: [kita-platz]
  url: https://example.org/zwei
  source: {name: Beispiel, url: https://example.org}
  status: unchecked
`;

/** Made-up entries, marked as such. */
export const demoYaml = offersYaml
  .replaceAll("kita-", "demo-kita-")
  .replaceAll("needs: [demo-kita-platz]", "needs: [kita-platz]")
  .replace(/de: (Kita \w+),/g, 'de: "Beispiel: $1",')
  .replace(/en: Nursery (\w+)\}/g, 'en: "Example: Nursery $1"}')
  .replaceAll("  source:", "  demo: true\n  source:");

/** The smallest content that fits, by path. */
export const smallContent: Readonly<Record<string, string>> = {
  "intents/greeting.yaml": intentYaml,
  "knowledge/needs/kita-platz.yaml": needYaml,
  "knowledge/needs/kita-platz.jsonl":
    '{"lang":"de","text":"Wo ist eine Kita?","batch":"first","style":"standard","situation":"suche"}\n{"lang":"en","text":"Where is a nursery?","batch":"first","style":"standard","situation":"suche"}\n',
  "knowledge/districts.yaml": districtsYaml,
  "knowledge/offers/familie.yaml": offersYaml,
  "knowledge/offers/gaps.yaml": "- {need: kita-platz, reason: Only one.}\n",
  "knowledge/demo/offers.yaml": demoYaml,
};

/** Writes content files into a new folder, which `drop` removes. */
export async function writeContent(files: Readonly<Record<string, string>>) {
  const root = await mkdtemp(join(tmpdir(), "stadtlotse-content-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { root, drop: () => rm(root, { recursive: true, force: true }) };
}
