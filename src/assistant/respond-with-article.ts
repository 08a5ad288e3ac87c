import type { Article, FoundArticle } from "../core/articles.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { Slots } from "../core/understanding.ts";
import type { ConversationContext } from "./context.ts";
import { type Decision, turnsAway } from "./decide.ts";
import type { Response } from "./respond-to-search.ts";

/** True for what asks for something that staff may have written about; free places are told from counts alone. */
function mayAsk(decision: Decision): boolean {
  if (decision.kind === "search") return !decision.capacity;
  return decision.kind === "not-understood" || turnsAway(decision);
}

function answerWith(article: Article, decision: Decision, slots: Slots, { search: _before, ...context }: ConversationContext): Response {
  const understood = decision.kind === "search" ? decision.needs.map(({ id }) => id) : [];
  const needs = [...new Set([...(article.need === undefined ? [] : [article.need]), ...understood])];
  const intent = decision.kind === "search" ? decision.intent : "find-offer";
  return { finding: { kind: "article", article, occasion: "asked" }, intent, needs, slots, context };
}

/** What an answer with an article is made from. */
interface ArticleTurn {
  readonly catalogue: Catalogue;
  readonly text: string;
  readonly decision: Decision;
  readonly slots: Slots;
  readonly context: ConversationContext;
}

/**
 * Answers with an article in place of `respond`: where one of its own questions is asked, at once; where nothing else answers, if it is about the same. What is out of scope is
 * only answered by an article that was written for it.
 */
export async function respondWithArticle(turn: ArticleTurn, respond: () => Promise<Response>): Promise<Response> {
  const { catalogue, text, decision, slots, context } = turn;
  if (!mayAsk(decision)) return await respond();
  const found: FoundArticle | undefined = await catalogue.findArticle({ text });
  if (found === undefined) return await respond();
  if (found.match === "asked") return answerWith(found.article, decision, slots, context);
  const response = await respond();
  const isAnswered = response.finding.kind !== "no-answer" && response.finding.kind !== "question";
  return isAnswered ? response : answerWith(found.article, decision, slots, context);
}
