import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { type Lang, languages } from "../../src/core/languages.ts";
import type { Argument, Messages } from "../../src/words/message.ts";
import { messages } from "../../src/words/messages.ts";
import { renderMessages } from "../../src/words/render.ts";
import { words } from "../../src/words/words.ts";
import { catalogues, type Element, type Entry, entriesOf } from "../support/catalogues.ts";

const [literal] = new IntlMessageFormat("x", "en").getAst();
const isLiteral = (part: Element) => part.type === literal?.type;

/** All parts of a message, those inside its branches too. */
function partsOf(elements: readonly Element[]): readonly Element[] {
  return elements.flatMap((each) => [
    each,
    ...("options" in each ? Object.values(each.options).flatMap(({ value }) => partsOf(value)) : []),
  ]);
}

/** The forms that whole numbers take: those of millions alone (French, Italian `many`) are never needed here. */
function formsOf(lang: Lang): readonly string[] {
  const rules = new Intl.PluralRules(lang);
  const numbers = Array.from({ length: 1000 }, (_, count) => rules.select(count));
  return [...new Set([...numbers, "other"])];
}

/** What is wrong with a message, in words a translator understands. */
function faultsOf({ takes, text }: Entry, lang: Lang): readonly string[] {
  let parts: readonly Element[];
  try {
    parts = partsOf(new IntlMessageFormat(text, lang, undefined, { ignoreTag: true }).getAst());
  } catch (error) {
    return [`is no ICU MessageFormat: ${String(error)}`];
  }
  const used = new Set(parts.flatMap((part) => ("value" in part && !isLiteral(part) ? [part.value] : [])));
  const known = takes.map(({ name }) => name);
  return [
    ...takes.flatMap(({ name, spare }) => (used.has(name) || spare === true ? [] : [`leaves out {${name}}`])),
    ...[...used].flatMap((name) => (known.includes(name) ? [] : [`has {${name}}, which is not given`])),
    ...parts.flatMap((part) => branchFaults(part, takes, lang)),
    ...(text.includes("'") ? ["has ', which quotes in ICU; the apostrophe is ’"] : []),
    ...(takes.length === 0 && parts.some((part) => !isLiteral(part)) ? ["takes no values and has braces"] : []),
  ];
}

function branchFaults(part: Element, takes: readonly Argument[], lang: Lang): readonly string[] {
  if (!("options" in part)) return [];
  const branches = Object.keys(part.options);
  if ("pluralType" in part) {
    return formsOf(lang).flatMap((form) =>
      branches.includes(form) || onlyExact(form, branches, lang) ? [] : [`lacks the form ${form} of {${part.value}}`],
    );
  }
  const argument = takes.find(({ name }) => name === part.value);
  if (argument?.kind === "optional") return branches.includes("none") ? [] : [`does not say what stands without {${part.value}}`];
  if (argument?.kind === "number")
    return branches.flatMap((each) => (/^(?:\d+|other)$/.test(each) ? [] : [`has the branch ${each}, which is no number`]));
  if (argument?.kind !== "choice") return [`selects by {${part.value}}, which is no choice`];
  return branches.flatMap((each) =>
    each === "other" || argument.values.includes(each) ? [] : [`has the branch ${each}, which is never chosen`],
  );
}

/** True where every number of a form is named by itself (`=1`). */
function onlyExact(form: string, branches: readonly string[], lang: Lang): boolean {
  const rules = new Intl.PluralRules(lang);
  const numbers = Array.from({ length: 1000 }, (_, count) => count).filter((count) => rules.select(count) === form);
  return numbers.length > 0 && numbers.every((count) => branches.includes(`=${count}`));
}

describe.each(languages)("the messages in %s", (lang) => {
  it("are ICU MessageFormat with the values they take and every form of the language", () => {
    const faults = entriesOf(messages, catalogues[lang]).flatMap((entry) =>
      faultsOf(entry, lang).map((fault) => `${lang} ${entry.name} ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it("show each value that they are given, and no brace", () => {
    const said = sayAll(messages, words[lang]);
    for (const { name, text, values } of said) {
      expect(text, `${lang} ${name}`).not.toMatch(/[{}]|undefined|NaN/u);
      for (const value of values) expect(text, `${lang} ${name}`).toContain(value);
    }
  });

  it("say what stands where a value is not there", () => {
    const { appointments, watches } = words[lang];
    for (const text of [appointments.free("heute", undefined, "gestern"), watches.noReservation(undefined)]) {
      expect(text).not.toMatch(/undefined|none|[{}]|\u2068\u2069/u);
    }
  });
});

interface Said {
  readonly name: string;
  readonly text: string;
  /** The texts that stand in it. */
  readonly values: readonly string[];
}

type Sentences = { readonly [name: string]: string | ((...values: readonly (string | number)[]) => string) | Sentences };

function sayAll(list: Messages, own: object, path = ""): readonly Said[] {
  return Object.entries(list).flatMap(([key, each]): readonly Said[] => {
    const name = `${path}${key}`;
    const sentence = (own as Sentences)[key];
    if (typeof sentence === "string") return [{ name, text: sentence, values: [] }];
    if (typeof sentence !== "function") return sayAll(each as Messages, sentence ?? {}, `${name}.`);
    const takes = each as readonly Argument[];
    const values = takes.map((argument) => {
      if (argument.kind === "choice") return argument.values[0] ?? "";
      return argument.kind === "number" ? 7 : `«${argument.name}»`;
    });
    return [
      { name, text: sentence(...values), values: values.filter((value) => typeof value === "string" && value.startsWith("«")).map(String) },
    ];
  });
}

describe("counted things", () => {
  it.each([
    ["de", 1, "ab 1 Jahr"],
    ["de", 3, "ab 3 Jahren"],
    ["ru", 21, "от 21 года"],
    ["ru", 5, "от 5 лет"],
    ["uk", 2, "від 2 років"],
    ["hr", 22, "od 22 godine"],
    ["hr", 12, "od 12 godina"],
    ["ar", 2, "من عمر سنتين"],
    ["ar", 5, "من عمر 5 سنوات"],
    ["ar", 11, "من عمر 11 سنة"],
  ] as const)("%s, age %d: %s", (lang, age, text) => {
    expect(words[lang].age.from(age)).toBe(text);
  });

  it("is no alert, one, a few and many", () => {
    const { stopped } = words.ru.watches;
    expect([0, 1, 3, 5].map(stopped)).toEqual([
      "Этой подписки уже нет.",
      "Подписка остановлена и удалена.",
      "Остановлено и удалено 3 подписки.",
      "Остановлено и удалено 5 подписок.",
    ]);
  });
});

describe("a line that runs from right to left", () => {
  it("keeps a text apart, and no address", () => {
    expect(words.ar.source("Stadt München", "1.3.2027")).toContain("\u2068Stadt München\u2069");
    expect(words.ar.unchecked("muenchen.de")).toMatch(/ muenchen\.de$/u);
    expect(words.de.source("Stadt München", "1.3.2027")).not.toMatch(/[\u2066-\u2069]/u);
  });
});

describe("a value", () => {
  it("is shown as it is, whatever it looks like", () => {
    for (const title of ["{count}", "<b>x</b>", "it's '{title}'", "#", "none", "constructor"]) {
      expect(words.en.participation.askText(title)).toContain(`“${title}”`);
    }
  });
});

describe("the check of messages", () => {
  const takes = [{ kind: "number", name: "count" }] as const;
  it.each([
    ["{count, plural, one {# год} other {# года}}", "lacks the form few of {count}"],
    ["{counts}", "leaves out {count}"],
    ["{count} {where}", "has {where}, which is not given"],
    ["{count", "is no ICU MessageFormat"],
    ["l'{count}", "has ', which quotes"],
  ])("finds what is wrong with %s", (text, fault) => {
    expect(faultsOf({ name: "x", takes, text }, "ru").join()).toContain(fault);
  });

  it("finds a message that is missing", () => {
    expect(() => entriesOf({ gone: [] }, {})).toThrow();
    expect(renderMessages({ here: [] }, { here: "da" }, "de")).toEqual({ here: "da" });
  });
});
