import type { Finding, Reply } from "./answer.ts";
import type { Manner } from "./composer.ts";
import type { ShowInterim } from "./message.ts";

/** What a person asked (redacted), what was found for it, and the plain composer's reply. */
export interface Wording {
  readonly question: string;
  readonly finding: Finding;
  readonly manner: Manner;
  readonly reply: Reply;
}

/** One turn's use of a language model: all its calls share one bound of time. Nothing rejects. */
export interface ModelTurn {
  /** Words to search with instead of a question that found little; undefined where the model has none. */
  searchWords(question: string): Promise<string | undefined>;
  /** The reply with what the model may word; the same reply where it has nothing that holds. `show` is called with what of it is checked already, while the rest is still awaited. */
  word(wording: Wording, show?: ShowInterim): Promise<Reply>;
}

/** The optional language model. It decides neither what is found nor which link, number or help is shown. */
export interface LanguageModel {
  /** `messageId` names the turn in the trace. */
  begin(messageId: number): ModelTurn;
}
