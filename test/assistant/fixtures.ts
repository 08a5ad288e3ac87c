import { createComposer } from "../../src/answers/composer.ts";
import { type AssistantParts, createAssistant } from "../../src/assistant/assistant.ts";
import { createConversationStore } from "../../src/assistant/conversation-store.ts";
import { createCatalogue, searchDocuments } from "../../src/catalogue/catalogue.ts";
import { openMemorySearch } from "../../src/catalogue/live-catalogue.ts";
import { createPartPorts } from "../../src/catalogue/participation/ports.ts";
import { createWatches } from "../../src/catalogue/watches/store.ts";
import type { Article } from "../../src/core/articles.ts";
import type { Catalogue } from "../../src/core/catalogue.ts";
import type { Channel, StoredMessage } from "../../src/core/message.ts";
import type { Need, Offer } from "../../src/core/offer.ts";
import type { Recogniser, Understanding } from "../../src/core/understanding.ts";
import type { Database } from "../../src/database/database.ts";
import { createLetters } from "../../src/messages/letters.ts";
import { createMessageCounts } from "../../src/messages/stored-data.ts";
import { clusterForgetting } from "../../src/review/clusters/store.ts";
import { createHandovers } from "../../src/review/handovers/store.ts";
import { createAskers } from "../../src/review/publications/store.ts";

/** A sentence that is understood without doubt. */
export const read = (intent: string, need?: string, rest: Partial<Understanding> = {}): Understanding => ({
  intents: [{ id: intent, score: 0.97 }],
  needs: need === undefined ? [] : [{ id: need, score: 0.95 }],
  slots: {},
  ...rest,
});

/** A recogniser (the port of core) that understands these sentences, all of them German. */
export function recogniserOf(sentences: Readonly<Record<string, Understanding>>): Recogniser {
  const recognise = (text: string) => sentences[text] ?? read("unbekannt");
  return {
    detectLanguage: () => ({ kind: "spoken", lang: "de", certain: true }),
    recognise,
    rankNeeds: (text) => recognise(text).needs,
  };
}

/** The catalogue of these needs and offers, searched in memory. */
export async function catalogueOf(content: {
  readonly needs: readonly Need[];
  readonly offers: readonly Offer[];
  readonly articles?: readonly Article[];
}): Promise<Catalogue> {
  const texts = await openMemorySearch({ documents: searchDocuments(content), nameConcepts: () => [], version: "test" });
  return createCatalogue(content, texts);
}

interface TalkParts extends Pick<AssistantParts, "capabilities" | "languageModel"> {
  readonly recogniser: Recogniser;
  readonly catalogue: Catalogue;
  /** Channels that letters are sent to. */
  readonly pushing?: readonly Channel[];
}

/** The assistant over a database, as the product joins it. */
export function openAssistant(db: Database, { recogniser, catalogue, capabilities, languageModel, pushing = [] }: TalkParts) {
  const now = () => new Date();
  return createAssistant({
    recogniser: () => recogniser,
    catalogue: () => catalogue,
    composer: createComposer((id, lang) => catalogue.findNeed(id)?.label[lang]),
    conversations: createConversationStore(db),
    capabilities,
    languageModel,
    countMessages: createMessageCounts(db),
    handovers: createHandovers(db),
    askers: createAskers(db, now),
    clusters: clusterForgetting,
    ...createPartPorts(db, now),
    watches: createWatches({ db, letters: createLetters(() => pushing), findOffer: catalogue.findOffer, now }),
  });
}

/** Has a message answered, keeps what is to be kept, and gives the answer with what a person sees of it. */
export async function takeTurn(db: Database, assistant: ReturnType<typeof openAssistant>, message: StoredMessage) {
  const answered = await assistant.answer(message);
  await db.transaction((transaction) => answered.save(transaction, [message.id]));
  const { reply, summary } = answered.answer;
  return {
    ...answered,
    kind: summary.kind,
    said: [...reply.lead, ...reply.closing].join("\n"),
    labels: reply.buttons.map(({ label }) => label),
    values: reply.buttons.map(({ value }) => value),
  };
}
