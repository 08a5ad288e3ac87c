import { describe, expect, it } from "vitest";
import { wantsElsewhere } from "../../src/text/elsewhere.ts";

describe("what is wanted in another city", () => {
  it.each([
    "Kita-Platz in Hamburg gesucht",
    "Wo ist das Bürgeramt in Köln?",
    "Schuldnerberatung Dortmund",
    "Where do I register in Berlin?",
    "Ankara'da nüfus müdürlüğü nerede?",
    "Де зробити паспорт у Києві?",
    "Детский сад в Берлине",
    "روضة في برلين",
    "وين دائرة الأحوال بدمشق؟",
    "Un asilo nido a Milano",
    "une crèche à Lyon",
    "Vrtić u Zagrebu",
  ])("is heard: %s", (text) => {
    expect(wantsElsewhere(text)).toBe(true);
  });

  it.each([
    "Umzug von Hamburg nach München",
    "Wir kommen aus Augsburg, wo melden wir uns an?",
    "Papa wird vergesslich, und ich wohne in Hamburg",
    "Ich bin in Passau geboren, welches Standesamt stellt die Urkunde aus?",
    "I lived in Berlin before, how do I register in Munich?",
    "Moja majka živi u Zagrebu, kako da je dovedem?",
    "Kita-Platz in Sendling",
    "Beratung für Sinti und Roma",
    "How do we split the rent?",
    "Geburtsurkunde für Milan",
    "Ich habe meinen Ausweis in Hamburg verloren",
    "Pass gestohlen in Paris",
    "Kfz ummelden, Auto ist in Augsburg zugelassen",
    "diploma obtained in London, recognition",
    "Ehe in Prag geschlossen, eintragen lassen",
    "J'ai perdu mon passeport à Lyon",
    "",
  ])("is not taken for where somebody lives, comes from or goes, nor for another word: %s", (text) => {
    expect(wantsElsewhere(text)).toBe(false);
  });

  it("is not looked for in a story", () => {
    const story = `Meine Tante sucht eine Wohnung, ${"und das dauert schon lange ".repeat(5)} und zuletzt war sie in Hamburg`;
    expect(wantsElsewhere(story)).toBe(false);
  });
});
