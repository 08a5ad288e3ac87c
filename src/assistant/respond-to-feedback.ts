import { type FeedbackFinding, feedbackReasons } from "../core/answer.ts";
import type { Understanding } from "../core/understanding.ts";
import type { ConversationContext } from "./context.ts";
import type { Rating } from "./conversation-store.ts";
import { decide } from "./decide.ts";
import { cancels } from "./follow-up.ts";
import { isSomethingElse } from "./respond-to-part.ts";
import type { Response } from "./respond-to-search.ts";

/** Characters of the sentence that somebody adds. */
const longestComment = 500;

/** Beyond fifteen digits a number is no longer exact. */
const messageId = /^\d{1,15}$/;

function answer(intent: "rate-right" | "rate-wrong", context: ConversationContext, finding: Response["finding"]): Response {
  return { finding, intent, needs: [], slots: {}, context };
}

const feedback = (finding: FeedbackFinding) => ({ kind: "feedback", ...finding }) as const;

/** Thanks for a rating of the answer to the message `on`, or of the last one; what is wrong with it is asked. */
export function rate(value: Rating["value"], on: number | undefined, context: ConversationContext): Response {
  const rating: Rating = { value, on };
  if (value === "right") return { ...answer("rate-right", context, { kind: "confirmation", about: "rate-right" }), rating };
  const finding = feedback({ about: "wrong", rated: on, asksWhy: true, offersHuman: false });
  return { ...answer("rate-wrong", context, finding), rating };
}

/** Answers a button that rates an answer, says why, or wants to say more (`wrong:17`, `why:outdated:17`, `comment:17`); undefined for any other value. */
export function respondToFeedbackButton(value: string, context: ConversationContext): Response | undefined {
  const [action = "", ...rest] = value.split(":");
  const last = rest.at(-1) ?? "";
  const on = messageId.test(last) ? Number(last) : undefined;
  switch (action) {
    case "right":
    case "wrong":
      return rate(action, on, context);
    case "why": {
      const reason = feedbackReasons.find((each) => each === rest[0]);
      if (reason === undefined) return undefined;
      return { ...answer("rate-wrong", context, feedback({ about: "reason", rated: on })), rating: { value: "wrong", on, reason } };
    }
    case "comment":
      return answer("rate-wrong", { ...context, asksComment: { on } }, feedback({ about: "ask-comment" }));
    default:
      return undefined;
  }
}

/** Takes the sentence that was asked for about an answer; undefined if none was, or where something else is said. A crisis must be ruled out before. */
export function respondToComment(
  text: string,
  understanding: Understanding,
  { asksComment, ...context }: ConversationContext,
): Response | undefined {
  if (asksComment === undefined) return undefined;
  if (cancels(text)) return answer("rate-wrong", context, { kind: "smalltalk", about: "no" });
  const decision = decide(understanding);
  if (isSomethingElse(text, decision)) return undefined;
  if (text.length > longestComment) return answer("rate-wrong", { ...context, asksComment }, { kind: "unreadable", reason: "too-long" });
  return {
    ...answer("rate-wrong", context, feedback({ about: "comment-stored" })),
    // Whether it is too personal to be kept is judged by them.
    needs: decision.kind === "search" || decision.kind === "watch" ? decision.needs.map(({ id }) => id) : [],
    rating: { value: "wrong", on: asksComment.on, comment: text },
    secret: true,
  };
}
