import { createComposer } from "../../../src/answers/composer.ts";
import type { Budget } from "../../../src/answers/model/budget.ts";
import { createLanguageModel, type LanguageModelParts, type Trace } from "../../../src/answers/model/language-model.ts";
import type { Manner } from "../../../src/core/composer.ts";
import type { Wording } from "../../../src/core/language-model.ts";
import type { Lang } from "../../../src/core/languages.ts";
import type { Offer } from "../../../src/core/offer.ts";
import type { ModelServer } from "../../support/model-server.ts";

const composer = createComposer((id) => id);

/** A day without end. */
const unlimited: Budget = { reserve: async () => true, settle: async () => undefined };

/** What a turn hands to the model: the plain composer's reply about these offers. */
export function wordingOf(offers: readonly Offer[], question = "Was gibt es?", lang: Lang = "de"): Wording {
  const finding = { kind: "offers", needs: [], found: offers.map((offer) => ({ offer, score: 1 })), more: false, widened: [] } as const;
  const manner: Manner = { lang, simple: false, introduce: false };
  return { question, finding, manner, reply: composer.compose(finding, manner) };
}

/** The language model over a server on loopback, with what it traced. */
export function openModel({ url }: ModelServer, parts: Partial<LanguageModelParts> = {}) {
  const traces: Trace[] = [];
  const model = createLanguageModel({
    server: { baseUrl: url, model: "stub", apiKey: undefined },
    budget: unlimited,
    onTrace: (trace) => traces.push(trace),
    ...parts,
  });
  return { model, traces };
}
