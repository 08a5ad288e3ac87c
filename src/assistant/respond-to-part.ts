import type { Catalogue } from "../core/catalogue.ts";
import { needOfIntent } from "../core/intents.ts";
import type { Understanding } from "../core/understanding.ts";
import { readReceipt } from "../text/receipt-code.ts";
import type { ConversationContext } from "./context.ts";
import { type Decision, decide, type TalkIntent } from "./decide.ts";
import { asksSomething, cancels } from "./follow-up.ts";
import type { PartTurn } from "./parts.ts";
import { type FoundReceipt, findReceipt, missReceipt } from "./receipts.ts";
import {
  declineWriting,
  outdated,
  respondToParticipationButton,
  respondToStanding,
  submitContribution,
  takeContribution,
} from "./respond-to-participation.ts";
import type { Response } from "./respond-to-search.ts";
import { respondToSignUp, respondToVolunteeringButton, sendMessage, takeMessage } from "./respond-to-volunteering.ts";
import type { Writing } from "./writing.ts";

/** A need this sure is what somebody looks for, if they ask. */
const clearNeed = 0.6;
/** What somebody says to the assistant itself and not to the city. */
const toAssistant: ReadonlySet<TalkIntent> = new Set(["human", "privacy", "delete-data", "who-are-you", "what-can-you-do", "language"]);
const mostWordsToAssistant = 10;
/** Needs of having a say: a text about them is what was asked for. */
const needsOfSaying: ReadonlySet<string | undefined> = new Set(["participation", "report-idea", "measure", "volunteer"].map(needOfIntent));

/** True for a new question, or words to the assistant, where a text was asked for. */
export function isSomethingElse(text: string, decision: Decision): boolean {
  if (decision.kind === "talk") return toAssistant.has(decision.intent) && text.trim().split(/\s+/u).length <= mostWordsToAssistant;
  if (decision.kind !== "search" && decision.kind !== "watch") return false;
  const [need] = decision.needs;
  return need !== undefined && need.score >= clearNeed && !needsOfSaying.has(need.id) && asksSomething(text);
}

async function submit(catalogue: Catalogue, writing: Writing, context: ConversationContext, turn: PartTurn): Promise<Response> {
  return writing.kind === "message"
    ? await sendMessage(writing, context, turn)
    : await submitContribution(catalogue, writing, context, turn);
}

/** The text, or the yes or no to it, that the last answer asked for; undefined for anything else. */
async function respondToWriting(
  catalogue: Catalogue,
  text: string,
  understanding: Understanding,
  context: ConversationContext,
  turn: PartTurn,
): Promise<Response | undefined> {
  const { writing, asksWriting } = context;
  if (writing === undefined || asksWriting === undefined) return undefined;
  if (cancels(text)) return declineWriting(context);
  const decision = decide(understanding);
  if (asksWriting === "yes") {
    if (decision.kind !== "talk") return undefined;
    if (decision.intent === "no") return declineWriting(context);
    return decision.intent === "yes" ? await submit(catalogue, writing, context, turn) : undefined;
  }
  if (isSomethingElse(text, decision)) return undefined;
  if (writing.kind === "message") return await takeMessage(text, writing, context, turn);
  return takeContribution(catalogue, { text, slots: understanding.slots }, writing, context, turn);
}

/** Answers a receipt: how what it is for stands, or that it is taken back. */
function respondToFound(found: FoundReceipt, takesBack: boolean, context: ConversationContext): Response {
  switch (found.kind) {
    case "contribution":
      return respondToStanding(found.standing, takesBack, context);
    case "place":
      return respondToSignUp(found.signUp, takesBack, context);
    default:
      return missReceipt(found.kind, context);
  }
}

/** A short text with a receipt; undefined for any other, and where nobody knows the code and something else may be meant. */
async function respondToReceipt(text: string, context: ConversationContext, turn: PartTurn): Promise<Response | undefined> {
  const said = readReceipt(text);
  if (said === undefined) return undefined;
  const found = await findReceipt(said.code, turn);
  const missed = found.kind === "unknown" || found.kind === "refused";
  return missed && !said.alone && !said.takesBack ? undefined : respondToFound(found, said.takesBack, context);
}

/** Answers a text that is no crisis where it is about taking part: what was asked for, or a receipt; `text` with the marks of redaction. Undefined for any other text. */
export async function respondToPart(
  catalogue: Catalogue,
  text: string,
  understanding: Understanding,
  context: ConversationContext,
  turn: PartTurn,
): Promise<Response | undefined> {
  return (await respondToWriting(catalogue, text, understanding, context, turn)) ?? (await respondToReceipt(text, settle(context), turn));
}

/** The context where something else is said than what was asked for: that is no longer waited for, and a text that is there can still be said yes to by its button. */
export function settle({ asksWriting: _asked, asksComment: _comment, ...context }: ConversationContext): ConversationContext {
  return context;
}

/** Answers a button about taking part; undefined for any other value. */
export async function respondToPartButton(
  catalogue: Catalogue,
  value: string,
  context: ConversationContext,
  turn: PartTurn,
): Promise<Response | undefined> {
  const [action = "", argument = ""] = value.split(":", 2);
  switch (action) {
    case "write-no":
      return declineWriting(context);
    case "write-yes": {
      const { writing } = context;
      if (writing?.text === undefined || writing.key !== argument) return outdated(context);
      return await submit(catalogue, writing, context, turn);
    }
    case "withdraw":
    case "leave":
      return respondToFound(await findReceipt(argument, turn), true, context);
    default: {
      const button = { action, argument };
      return (
        (await respondToParticipationButton(catalogue, button, context, turn)) ??
        (await respondToVolunteeringButton(catalogue, button, context, turn))
      );
    }
  }
}
