import { describe, expect, it } from "vitest";
import { checkPlainText, checkPlainTitle, passesGate, plainRules } from "../../src/text/plain/check.ts";
import { placeOf } from "../../src/text/plain/place.ts";

const rulesOf = (text: string, names: readonly string[] = []) => checkPlainText(text, names).map(({ rule }) => rule);
const hitOf = (rule: string, text: string) => checkPlainText(text).find((hit) => hit.rule === rule);
const errorsOf = (text: string) => checkPlainText(text).filter(({ level }) => level === "error");

describe("the gate", () => {
  it.each([
    "Die Beratung kostet nichts. Rufen Sie an.",
    "Hier lernen Sie Deutsch. Der Kurs ist am Abend. Sie zahlen nichts.",
    "Vielleicht bekommen Sie Geld für die Miete. Das Amt prüft Ihren Antrag.",
    "Der Kurs ist am 1. März 2027 um 9 Uhr.",
    "Viele werden Mutter.",
    "",
  ])("lets pass without a hit: %s", (text) => {
    expect(checkPlainText(text)).toEqual([]);
    expect(passesGate(text)).toBe(true);
  });

  it("is stopped by an error and not by a warning", () => {
    expect(rulesOf("Man hilft Ihnen dort.")).toEqual(["man"]);
    expect(passesGate("Man hilft Ihnen dort.")).toBe(true);
    expect(passesGate("Das wäre gut für Sie.")).toBe(false);
  });

  it("does not judge names that are given", () => {
    const text = "Gehen Sie zur Sozialbürgerhausverwaltung.";
    expect(rulesOf(text)).toContain("long-word");
    expect(passesGate(text, ["Sozialbürgerhausverwaltung"])).toBe(true);
  });
});

/** A rule, a text that breaks it, and one like it that does not. */
const examples: readonly (readonly [rule: string, broken: string, plain: string])[] = [
  ["wiener", "Sozialpädagogische Familienberatungsstellen unterstützen Alleinerziehende.", "Rufen Sie an."],
  ["amstad", "Sozialpädagogische Familienberatungsstellen unterstützen Alleinerziehende.", "Rufen Sie an."],
  ["amstad-joined", "Sozial-Beratungs-Stellen unterstützen Groß-Familien.", "Rufen Sie an."],
  ["long-word", `Da ist ${"a".repeat(14)} im Haus.`, `Da ist ${"a".repeat(13)} im Haus.`],
  ["long-word", "Das ist die Aufenthaltserlaubnis.", "Das ist die Aufenthalts-Erlaubnis."],
  ["abbreviation", "Bringen Sie z. B. den Pass mit.", "Bringen Sie zum Beispiel den Pass mit."],
  ["abbreviation", "Bringen Sie Pass bzw. Karte mit.", "Bringen Sie Pass oder Karte mit."],
  ["abbreviation", "Das Bad kostet ca. 5 Euro.", "Das Cafe kostet 5 Euro."],
  ["capitals", "Fragen Sie beim KVR.", "Das gilt in der EU."],
  ["hyphen", "Sie müssen das be-zahlen.", "Schreiben Sie eine E-Mail an das Bürger-Büro."],
  ["metaphor", "Wir wollen Ihnen unter die Arme greifen.", "Wir wollen Ihnen helfen."],
  ["see-elsewhere", "Mehr dazu: siehe unten.", "Sie sehen das Haus."],
  ["number-word", "Warten Sie drei Tage.", "Warten Sie 3 Tage. Achten Sie auf Post."],
  ["clock", "Kommen Sie um 09:00 Uhr.", "Kommen Sie um 17 Uhr oder um 17:30 Uhr."],
  ["date", "Kommen Sie am 01.03.2027.", "Kommen Sie am 1. März 2027."],
  ["sentence-over-15", `${"ja ".repeat(16).trim()}.`, `${"ja ".repeat(15).trim()}.`],
  ["sentence-over-20", `${"ja ".repeat(21).trim()}.`, `${"ja ".repeat(20).trim()}.`],
  ["statements", "Rufen Sie an, wenn Sie Hilfe brauchen.", "Kinder, Eltern und Freunde kommen."],
  ["statements", "Der Kurs ist neu und Sie lernen viel.", "Der Kurs ist neu und gut."],
  ["enumeration", "Hier gibt es Brot, Milch, Obst und Käse.", "Hier gibt es Brot, Milch und Obst."],
  ["double-negation", "Das ist nicht unmöglich.", "Das ist nicht unter 5 Euro zu haben."],
  ["double-negation", "Kommen Sie nie ohne Termin.", "Kommen Sie nur mit Termin."],
  ["passive", "Der Antrag wird vom Amt geprüft.", "Das Amt wird den Antrag prüfen."],
  ["passive", "Hier kann der Ausweis abgeholt werden.", "Viele werden bald Eltern."],
  ["passive", "Das Geld wurde im Mai verdoppelt.", "Es wird kalt, sagt der Arzt."],
  ["passive", "Fragen Sie, wann der Antrag geprüft wird.", "Sie werden das Geld erhalten."],
  ["subjunctive", "Sie könnten Geld brauchen.", "Sie möchten kommen? Sie können kommen."],
  ["genitive", "Das ist der Rand des Platzes.", "Das ist der Rand von dem Platz."],
  ["genitive", "Das ist die Beratung der Stadt.", "Dann hilft Ihnen der Kurs."],
  ["past-tense", "Er ging zum Amt.", "Er ist zum Amt gegangen. Das war gut."],
  ["past-tense", "Dort lebte sie. Und er lernte viel.", "Sie wartet heute. Er hatte Zeit. Das ist verboten."],
  ["man", "Dort hilft man Ihnen.", "Dort hilft das Team."],
  ["third-person", "Die Antragstellerin bringt den Pass mit.", "Bringen Sie den Pass mit."],
  ["changing-word", "Die Kita ist offen. Die Kindertagesstätte hat Platz.", "Die Kita ist offen. Kitas haben Platz."],
  ["promise", "Sie haben Anspruch auf Geld.", "Das Amt prüft, ob Sie Anspruch haben."],
];

describe("each rule finds, and leaves in peace", () => {
  it.each(examples)("%s: %s | %s", (rule, broken, plain) => {
    expect(rulesOf(broken)).toContain(rule);
    expect(rulesOf(plain)).not.toContain(rule);
  });

  it("has examples here", () => {
    expect(new Set(examples.map(([rule]) => rule))).toEqual(new Set(plainRules.map(({ id }) => id)));
  });
});

describe("a hit", () => {
  it("says where it is, why, and what to do", () => {
    const text = "Rufen Sie an.\nBringen Sie bitte z. B. den Pass mit.";
    const hit = hitOf("abbreviation", text);
    expect(hit).toMatchObject({ level: "error", found: "z. B.", suggestion: "Schreiben Sie: zum Beispiel." });
    expect(text.slice(hit?.start, hit?.end)).toBe("z. B.");
    expect(placeOf(text, hit?.start ?? 0)).toEqual({ line: 2, column: 19, lineText: "Bringen Sie bitte z. B. den Pass mit." });
  });

  it("stands in its place behind a name that is not judged", () => {
    const text = "Auf www.muenchen.de/kita steht es usw. genau.";
    const hit = hitOf("abbreviation", text);
    expect(text.slice(hit?.start, hit?.end)).toBe("usw.");
  });

  it.each([
    ["Aufenthaltserlaubnis", "Aufenthalts-Erlaubnis"],
    ["Wohnungsvermittlung", "Wohnungs-Vermittlung"],
    ["Integrationsberatung", "Integrations-Beratung"],
    ["Behindertenausweis", "Behinderten-Ausweis"],
    ["Führerscheinstelle", "Führerschein-Stelle"],
    ["Kinderbetreuung", "Kinder-Betreuung"],
  ])("splits %s at its joint", (word, hyphenated) => {
    expect(hitOf("long-word", `Das ist ${word}.`)?.suggestion).toBe(`Schreiben Sie: ${hyphenated}.`);
  });

  it("suggests another word where no joint is known", () => {
    expect(hitOf("long-word", "Das ist Diskriminierung.")?.suggestion).toBe("Nehmen Sie ein kürzeres Wort.");
  });

  it.each([
    ["date", "Am 1.3.27 ist es zu.", "Schreiben Sie: 1. März 2027."],
    ["clock", "Um 08.30 Uhr ist Beginn.", "Schreiben Sie: 8:30 Uhr."],
    ["number-word", "Warten Sie zwölf Tage.", "Schreiben Sie: 12."],
    ["changing-word", "Das Handy ist da. Das Smartphone ist weg.", "Oben steht: Handy. Nehmen Sie immer das gleiche Wort."],
  ])("of %s in %s says: %s", (rule, text, suggestion) => {
    expect(hitOf(rule, text)?.suggestion).toBe(suggestion);
  });

  it("has a reason that keeps the rules itself", () => {
    for (const { id, reason } of plainRules) expect(errorsOf(reason), id).toEqual([]);
  });
});

describe("titles", () => {
  it("have six words and not seven; signs are no words", () => {
    expect(checkPlainTitle("Geld für die Miete – schnell bekommen")).toEqual([]);
    expect(checkPlainTitle("Geld für die Miete ganz schnell bekommen")).toMatchObject([{ rule: "title-length", level: "error" }]);
  });

  it("are held against the rules and no formula", () => {
    expect(checkPlainTitle("Sozialpädagogische Unterstützung").map(({ rule }) => rule)).toEqual(["long-word"]);
  });
});
