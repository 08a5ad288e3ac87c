import type { Finding, Reply } from "../core/answer.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { Manner } from "../core/composer.ts";
import type { ModelTurn } from "../core/language-model.ts";
import type { Lang } from "../core/languages.ts";
import type { ShowInterim, StoredMessage } from "../core/message.ts";
import type { Understanding } from "../core/understanding.ts";
import { withoutMarks } from "../text/redact.ts";
import type { ConversationContext } from "./context.ts";
import { decide } from "./decide.ts";
import { type Response, respondToWish } from "./respond-to-search.ts";

interface SearchParts {
  readonly catalogue: Catalogue;
  readonly recognise: (text: string, lang: Lang) => Understanding;
  readonly context: ConversationContext;
}

const isWeak = ({ finding }: Response) =>
  finding.kind === "no-answer" && finding.reason !== "no-more" && finding.reason !== "outdated-list";

/**
 * Searches once more with a model's words where the first search found nothing. What is not a search in those words is not carried out: a model starts nothing, ends nothing and
 * decides nothing.
 */
export async function searchAgain(
  { catalogue, recognise, context }: SearchParts,
  question: { readonly text: string; readonly understanding: Understanding },
  first: Response,
  model: ModelTurn | undefined,
): Promise<Response> {
  if (model === undefined || !isWeak(first)) return first;
  const words = await model.searchWords(question.text);
  if (words === undefined) return first;
  const decision = decide(recognise(words, "de"));
  if (decision.kind !== "search") return first;
  const second = await respondToWish(catalogue, words, decision, question.understanding, context);
  return second.finding.kind === "offers" || second.finding.kind === "capacity" ? second : first;
}

interface Worded {
  readonly message: StoredMessage;
  readonly finding: Finding;
  readonly manner: Manner;
  readonly reply: Reply;
}

/** Has a model word an answer to words; presses of buttons and all that is not offers are answered without it. */
export async function wordWith(
  model: ModelTurn | undefined,
  { message, finding, manner, reply }: Worded,
  show: ShowInterim | undefined,
): Promise<Reply> {
  if (model === undefined || message.content.kind !== "text") return reply;
  if (finding.kind !== "offers" && finding.kind !== "capacity") return reply;
  return await model.word({ question: withoutMarks(message.content.text), finding, manner, reply }, show);
}
