import { describe, expect, it } from "vitest";
import { findChoice, findFact, refersBack } from "../../src/assistant/follow-up.ts";

describe("a question about what was shown", () => {
  it.each([
    ["Für wen ist das?", "audience"],
    ["per chi è?", "audience"],
    ["wie komm ich da hin", "route"],
    ["Wie komme ich dorthin?", "route"],
    ["Wo ist das?", "route"],
    ["how do I get there?", "route"],
    ["как добраться?", "route"],
    ["dov'è?", "route"],
  ])("%s asks for %s", (text, fact) => expect(findFact(text)).toBe(fact));

  it.each([
    "Wo ist die nächste Apotheke?",
    "Wie komme ich an einen Kita-Platz?",
    "where is the library",
    "Chi può aiutarmi con l'affitto?",
    "dov'è la biblioteca?",
    "Кто может помочь с документами?",
  ])("%s is none", (text) => expect(findFact(text)).toBeUndefined());
});

describe("a message that goes on from the one before", () => {
  it.each([
    "und in Sendling?",
    "gibt es das auch kostenlos?",
    "wann haben die offen?",
    "wos kost des?",
    "and in Pasing?",
    "is it free there?",
    "ve Pasing'de?",
    "а в Пасингу?",
    "и сколько это стоит?",
    "وفي باسينغ؟".replace("وفي", "و في"),
    "e a Pasing?",
    "et à Pasing ?",
    "i u Pasingu?",
  ])("%s", (text) => {
    expect(refersBack(text)).toBe(true);
  });

  it.each([
    "Wohngeld beantragen",
    "Ich suche einen Kita-Platz in Sendling",
    "Sperrmüll abholen lassen",
    "Und dann hat mir meine Nachbarin gesagt, dass man bei der Stadt eine Wohnung beantragen kann",
    "",
  ])("%s is not", (text) => {
    expect(refersBack(text)).toBe(false);
  });
});

describe("a choice among the offers shown", () => {
  it.each<readonly [string, number]>([
    ["die zweite", 1],
    ["das erste bitte", 0],
    ["de dritte", 2],
    ["the second one", 1],
    ["ikincisi", 1],
    ["другий", 1],
    ["третий вариант", 2],
    ["الثاني", 1],
    ["il primo", 0],
    ["la deuxième", 1],
    ["treća", 2],
    ["2", 1],
    ["Nummer 3", 2],
  ])("%s", (text, place) => {
    expect(findChoice(text)).toBe(place);
  });

  it.each(["Kita", "Mein zweites Kind kommt im März und ich suche Betreuung", "4", "12", "erstmal danke", ""])("%s is none", (text) => {
    expect(findChoice(text)).toBeUndefined();
  });
});
