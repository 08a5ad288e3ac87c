import type { HandoverStep, Handovers, OpenHandover } from "../core/handover.ts";
import { contextMessages } from "../core/handover.ts";
import type { Lang } from "../core/languages.ts";
import type { StoredMessage } from "../core/message.ts";
import type { Database } from "../database/database.ts";
import { readCommand } from "./commands.ts";
import type { ConversationContext } from "./context.ts";
import type { ConversationStore } from "./conversation-store.ts";
import type { Response } from "./respond-to-search.ts";

const answer = (context: ConversationContext, about: "waiting" | "still-waiting" | "taken" | "passed-on" | "returned"): Response => ({
  ...{ finding: { kind: "handover", about }, intent: "human", needs: [], slots: {}, context },
});

/** Somebody wants to talk to a person. */
export function askForHuman(context: ConversationContext): Response {
  return { ...answer(context, "waiting"), handover: "ask" };
}

/** Answers a button about talking to a person; undefined for any other value. */
export function respondToHandoverButton(value: string, context: ConversationContext): Response | undefined {
  if (value === "human") return askForHuman(context);
  return value === "assistant" ? { ...answer(context, "returned"), handover: "return" } : undefined;
}

const isCommand = ({ content }: StoredMessage) => content.kind === "text" && readCommand(content.text) !== undefined;

/** What somebody writes to a person: words that are no command, no code, and nothing that was asked for; a command's words where it asks for a person. */
function wordsFor({ content }: StoredMessage, { secret, part, handover }: Response): string | undefined {
  if (content.kind !== "text" || secret === true || part !== undefined) return undefined;
  const command = readCommand(content.text);
  if (command === undefined) return content.text;
  return handover === "ask" && command.rest !== "" ? command.rest : undefined;
}

/** True where nothing is said, since a person of the city answers. */
export function isPassedOn({ finding }: Response): boolean {
  return finding.kind === "handover" && finding.about === "passed-on";
}

/**
 * The response once it is known whether a person of the city is in the talk: that person answers words then and nobody else, but a crisis, commands and buttons are answered all the
 * same. Who asks for a person again is told how it stands.
 */
export function respectHandover(
  response: Response,
  message: StoredMessage,
  open: OpenHandover | undefined,
  before: ConversationContext,
): Response {
  const isWith = open?.state === "with-human";
  const isSaid = response.handover === undefined || !isCommand(message);
  if (isWith && isSaid && response.finding.kind !== "crisis" && wordsFor(message, response) !== undefined)
    return answer(before, "passed-on");
  if (response.handover !== "ask" || open === undefined || open.state === "offered") return response;
  return answer(response.context, isWith ? "taken" : "still-waiting");
}

/** A turn as far as handovers look at it; `understood` is what the message leads to without a person in the talk. */
export interface HandoverTurn {
  readonly message: StoredMessage;
  readonly understood: Response;
  readonly response: Response;
  readonly open: OpenHandover | undefined;
  readonly lang: Lang;
  readonly personal: boolean;
}

/** The steps that a turn means for the talk with a person; what was asked before is looked up where somebody wants one. */
async function stepsOf(
  { message, understood, response, open, lang, personal }: HandoverTurn,
  findAsked: () => ReturnType<ConversationStore["findAsked"]>,
): Promise<readonly HandoverStep[]> {
  const { finding } = response;
  if (finding.kind === "crisis")
    return open === undefined ? [] : [{ event: "write", lang, text: undefined, personal: true, unanswered: false }];
  if (response.handover === "return") return [{ event: "return" }];
  if (finding.kind === "feedback" && finding.about === "wrong" && finding.offersHuman) return [{ event: "reject", lang }];
  const text = wordsFor(message, understood);
  const write: readonly HandoverStep[] =
    text === undefined ? [] : [{ event: "write", lang, text, personal, unanswered: isPassedOn(response) }];
  if (response.handover === "ask") return [{ event: "ask", lang, before: await findAsked() }, ...write];
  return open === undefined || open.state === "offered" ? [] : write;
}

/** Carries out what a turn means for the talk with a person. Comes last in its transaction, as staff lock a talk last. */
export async function saveHandover(
  transaction: Database,
  turn: HandoverTurn,
  { handovers, conversations }: { readonly handovers: Handovers<Database>; readonly conversations: ConversationStore },
): Promise<void> {
  const { conversationId } = turn.message;
  const steps = await stepsOf(turn, () => conversations.findAsked(transaction, conversationId, contextMessages));
  for (const step of steps) await handovers.step(transaction, conversationId, step);
}
