import type { VolunteeringFinding } from "../core/answer.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { Offer } from "../core/offer.ts";
import { isTask, type SignUp } from "../core/volunteering.ts";
import type { ConversationContext } from "./context.ts";
import type { PartTurn, PressedButton } from "./parts.ts";
import { findReceipt, missReceipt } from "./receipts.ts";
import { outdated } from "./respond-to-participation.ts";
import type { Response } from "./respond-to-search.ts";
import { isTooLong, newKey, type Writing, waitFor, withoutWriting } from "./writing.ts";

function answer(context: ConversationContext, finding: VolunteeringFinding): Response {
  return { finding: { kind: "volunteering", ...finding }, intent: "volunteer", needs: [], slots: {}, context };
}

/** The tap is the consent: what it stores stands beside the button. */
async function join(offer: Offer, context: ConversationContext, turn: PartTurn): Promise<Response> {
  if (!isTask(offer, turn.now())) return answer(context, { about: "over", offer });
  const taken = await turn.signUps.take(turn.conversationId, offer);
  if (taken.kind === "full") return answer(context, { about: "full", offer });
  return answer(context, { about: "joined", offer, signUp: taken.signUp, again: taken.kind === "already" });
}

/** What a place is for, or that it is given back. */
export function respondToSignUp(signUp: SignUp, takesBack: boolean, context: ConversationContext): Response {
  if (!takesBack) return answer(context, { about: "standing", signUp });
  return { ...answer(context, { about: "left", signUp }), part: { kind: "leave", code: signUp.code } };
}

/** Takes a text as the message that was asked for, and asks whether to send it. */
export async function takeMessage(text: string, writing: Writing, context: ConversationContext, turn: PartTurn): Promise<Response> {
  const signUp = await turn.signUps.find(writing.to);
  if (signUp === undefined) return missReceipt("unknown", withoutWriting(context));
  if (isTooLong(text)) return { ...answer(waitFor("text", writing, context), { about: "message-too-long", signUp }), secret: true };
  const said = { ...writing, text: text.trim() };
  const finding = { about: "confirm-message", signUp, text: said.text, key: said.key } as const;
  return { ...answer(waitFor("yes", said, context), finding), secret: true };
}

/** The yes to a message: leaves it for the organisation. */
export async function sendMessage({ to, text = "" }: Writing, context: ConversationContext, turn: PartTurn): Promise<Response> {
  const done = withoutWriting(context);
  const signUp = await turn.signUps.find(to);
  if (signUp === undefined) return missReceipt("unknown", done);
  return { ...answer(done, { about: "told", signUp }), part: { kind: "tell", code: to, message: text } };
}

async function askForMessage(code: string, context: ConversationContext, turn: PartTurn): Promise<Response> {
  const found = await findReceipt(code, turn);
  if (found.kind !== "place") return missReceipt(found.kind === "refused" ? "refused" : "unknown", context);
  const { signUp } = found;
  const writing: Writing = { kind: "message", to: signUp.code, key: newKey() };
  return answer(waitFor("text", writing, context), { about: "ask-message", signUp });
}

/** Answers a button about volunteers' tasks; undefined for any other one. */
export async function respondToVolunteeringButton(
  catalogue: Catalogue,
  { action, argument }: PressedButton,
  context: ConversationContext,
  turn: PartTurn,
): Promise<Response | undefined> {
  if (action === "tell") return await askForMessage(argument, context, turn);
  if (action !== "join") return undefined;
  const offer = catalogue.findOffer(argument);
  return offer === undefined ? outdated(context) : await join(offer, context, turn);
}
