import { Document } from "@langchain/core/documents";
import { BaseRetriever } from "@langchain/core/retrievers";
import { RunnableLambda, RunnablePassthrough } from "@langchain/core/runnables";
import { describe, expect, it } from "vitest";
import { createOfferRetriever, type OfferSearch } from "../../src/answers/offer-retriever.ts";
import { createCatalogue, searchDocuments } from "../../src/catalogue/catalogue.ts";
import { openMemorySearch } from "../../src/catalogue/live-catalogue.ts";
import type { Catalogue, OfferQuery } from "../../src/core/catalogue.ts";
import { needOf, offerOf } from "../catalogue/fixtures.ts";

const content = {
  needs: [needOf("kita-platz", ["Kita"]), needOf("hund", ["Hund"])],
  offers: [
    offerOf("kita", {
      title: { de: "Kita am Bach", en: "Nursery at the brook" },
      summary: { de: "Ein Platz für Kinder.", en: "A place for children." },
      cost: { free: true },
      phone: "089 233-0",
      url: "https://example.org/kita",
      source: { name: "Referat", url: "https://example.org/quelle" },
    }),
    offerOf("zweite", { title: { de: "Kita im Wald", en: "Forest nursery" }, needs: ["kita-platz", "hund"] }),
    offerOf("hund", { title: { de: "Hundesteuer", en: "Dog tax" }, needs: ["hund"] }),
  ],
};
const catalogue = createCatalogue(
  content,
  await openMemorySearch({ documents: searchDocuments(content), nameConcepts: () => [], version: "test" }),
);
const open = (search: Partial<OfferSearch> = {}, over: Catalogue = catalogue) =>
  createOfferRetriever(() => over, { lang: "de", limit: 3, ...search });
type Question = { readonly question: string };
const kita = { needs: [{ id: "kita-platz", score: 1 }] };

describe("the retriever", () => {
  it("is LangChain's, and gives its documents: what a citizen reads, and what can be cited", async () => {
    const retriever = open();
    expect(retriever).toBeInstanceOf(BaseRetriever);
    const [first] = await retriever.invoke("Kita am Bach");
    expect(first).toBeInstanceOf(Document);
    expect(first?.id).toBe("kita");
    expect(first?.pageContent.split("\n")).toEqual([
      "Kita am Bach",
      "Ein Platz für Kinder.",
      "Wo: für ganz München",
      expect.stringMatching(/^Kosten: /),
      "Telefon: 089 233-0",
    ]);
    expect(first?.metadata).toEqual({
      id: "kita",
      url: "https://example.org/kita",
      source: { name: "Referat", url: "https://example.org/quelle" },
      needs: ["kita-platz"],
      score: expect.any(Number),
    });
  });

  it("tells offers in the person's language", async () => {
    const [first] = await open({ lang: "en" }).invoke("nursery brook");
    expect(first?.pageContent).toMatch(/^Nursery at the brook\nA place for children\./);
  });

  it("searches with what was understood: needs, wishes, and as many as are wanted, best first", async () => {
    const ids = async (search: Partial<OfferSearch>) => (await open(search).invoke("Kita am Bach")).map(({ id }) => id);
    expect(await ids(kita)).toEqual(["kita", "zweite"]);
    expect(await ids({ ...kita, limit: 1 })).toEqual(["kita"]);
    expect(await ids({ needs: [{ id: "hund", score: 1 }] })).toContain("hund");
    expect(await ids({ ...kita, slots: { costFree: true } })).toEqual(["kita"]);
    const scores = (await open(kita).invoke("Kita")).map(({ metadata }) => metadata.score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it("hands the search port the text as it is, from the first offer on", async () => {
    const asked: OfferQuery[] = [];
    const search = async (query: OfferQuery) => {
      asked.push(query);
      return { found: [], total: 0, widened: [], below: [] };
    };
    expect(await open({ lang: "tr", limit: 7 }, { ...catalogue, search }).invoke("kreş")).toEqual([]);
    expect(asked).toEqual([{ text: "kreş", needs: [], slots: {}, offset: 0, limit: 7 }]);
  });

  it("answers several at once", async () => {
    const [one, two, none] = await open().batch(["Kita am Bach", "Hundesteuer", "xyzzy"]);
    expect(one?.[0]?.id).toBe("kita");
    expect(two?.[0]?.id).toBe("hund");
    expect(none).toEqual([]);
  });

  it("runs in a chain, and is seen by its callbacks", async () => {
    const seen: string[] = [];
    const chain = RunnablePassthrough.assign({
      offers: RunnableLambda.from((input: Question) => input.question).pipe(open(kita)),
    }).pipe(({ question, offers }) => [question, ...offers.map(({ id }) => id)].join(" → "));
    const answer = await chain.invoke(
      { question: "Kita am Bach" },
      {
        callbacks: [
          {
            handleRetrieverStart: (_retriever, query) => void seen.push(query),
            handleRetrieverEnd: (documents) => void seen.push(String(documents.length)),
          },
        ],
      },
    );
    expect(answer).toBe("Kita am Bach → kita → zweite");
    expect(seen).toEqual(["Kita am Bach", "2"]);
  });

  it("lets a fault of the search through", async () => {
    const search = () => Promise.reject(new Error("the database is away"));
    await expect(open({}, { ...catalogue, search }).invoke("Kita")).rejects.toThrow("the database is away");
  });

  it("asks the catalogue of the moment", async () => {
    let current: Catalogue = createCatalogue({ needs: [], offers: [] }, { search: async () => [] });
    const retriever = createOfferRetriever(() => current, { lang: "de", limit: 3 });
    expect(await retriever.invoke("Kita am Bach")).toEqual([]);
    current = catalogue;
    expect(await retriever.invoke("Kita am Bach")).not.toEqual([]);
  });
});
