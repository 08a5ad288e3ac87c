import { describe, expect, it } from "vitest";
import { evidenceIn, fieldsOf } from "../../../src/answers/model/evidence.ts";
import { isSameStatement } from "../../../src/answers/model/same-statement.ts";
import { readContent } from "../../../src/catalogue/content-files.ts";
import { projectRoot } from "../../../src/node-content.ts";

const isFiller = (word: string) => /^(?:hier|dort|ist|sind|es|gibt)$/iu.test(word.replaceAll(/[^\p{L}]/gu, ""));

describe("a statement is the same", () => {
  it.each([
    ["bent otherwise", "Die Kurse sind für Kinder.", "Der Kurs ist für Kindern.", false],
    ["with a plural of one word", "Fragen Sie nach freien Plätzen.", "Fragen Sie nach freie Plätzen.", true],
    ["with a plain word", "Sie bekommen den Ausweis kostenlos.", "Sie erhalten den Ausweis unentgeltlich.", true],
    ["with an officialese word for a plain one", "Sie erhalten den Ausweis.", "Sie bekommen den Ausweis.", false],
    ["with a hyphen in a compound", "Sie brauchen eine Melde-Bescheinigung.", "Sie brauchen eine MeldeBescheinigung.", true],
    ["with «sie» for «Sie»", "Hier können sie wohnen.", "Hier können Sie wohnen.", false],
    ["with Miete for Mieter", "Die Miete zahlt alles.", "Die Mieter zahlt alles.", false],
    ["with the cases turned round", "Der Vater hilft dem Kind.", "Dem Vater hilft das Kind.", false],
    ["with a comma elsewhere", "Kinder zahlen nicht, Erwachsene.", "Kinder zahlen, nicht Erwachsene.", false],
    ["with «eine» for «keine»", "Sie brauchen eine Papiere.", "Sie brauchen keine Papiere.", false],
    ["with another hour", "Offen bis 9:30 Uhr.", "Offen bis 19:30 Uhr.", false],
    ["of nothing", "", "", false],
  ])("%s", (_, said, source, same) => {
    expect(isSameStatement(said, source)).toBe(same);
  });

  it("only with each of its words, in its order: one dropped, doubled or exchanged is another statement", async () => {
    const { offers } = await readContent({ root: projectRoot, demo: true });
    const sentences = offers.flatMap((offer) => fieldsOf(offer).flatMap(evidenceIn)).map(({ text }) => text);
    let tried = 0;
    const passed: string[] = [];
    for (const sentence of sentences) {
      const words = sentence.split(" ");
      for (const [at, word] of words.entries()) {
        const next = words[at + 1];
        if (isFiller(word)) continue;
        const changes = [words.toSpliced(at, 1), words.toSpliced(at, 0, word)];
        if (next !== undefined && !isFiller(next)) changes.push(words.toSpliced(at, 2, next, word));
        for (const change of changes.map((each) => each.join(" ")).filter((each) => each !== sentence)) {
          tried += 1;
          if (isSameStatement(change, sentence)) passed.push(`${change} / ${sentence}`);
        }
      }
    }
    process.stdout.write(`changed statements: ${passed.length} of ${tried} taken for the same\n`);
    expect(passed).toEqual([]);
  });
});
