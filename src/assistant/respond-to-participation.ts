import type { ParticipationFinding } from "../core/answer.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { Offer } from "../core/offer.ts";
import { type ContributionStanding, mostContributionsADay, takesContributions, type Vote } from "../core/participation.ts";
import type { Slots } from "../core/understanding.ts";
import { berlinDay } from "../text/berlin-time.ts";
import type { ConversationContext } from "./context.ts";
import type { PartTurn, PressedButton } from "./parts.ts";
import type { Response } from "./respond-to-search.ts";
import { isTooLong, newKey, type Writing, waitFor, withoutWriting } from "./writing.ts";

function answer(context: ConversationContext, finding: ParticipationFinding): Response {
  return { finding: { kind: "participation", ...finding }, intent: "participation", needs: [], slots: {}, context };
}

/** What stands where a button's offer is gone. */
export function outdated(context: ConversationContext): Response {
  return { finding: { kind: "no-answer", reason: "outdated-list" }, intent: "participation", needs: [], slots: {}, context };
}

/** Why nothing can be said to an offer now; undefined if it can. */
async function refuseContribution(offer: Offer, context: ConversationContext, turn: PartTurn): Promise<Response | undefined> {
  if (!takesContributions(offer, berlinDay(turn.now()))) return answer(context, { about: "closed", offer });
  const said = await turn.contributions.countToday(turn.conversationId);
  return said >= mostContributionsADay ? answer(context, { about: "too-many" }) : undefined;
}

async function askForText(offer: Offer, context: ConversationContext, turn: PartTurn): Promise<Response> {
  const refusal = await refuseContribution(offer, context, turn);
  if (refusal !== undefined) return refusal;
  const writing: Writing = { kind: "contribution", to: offer.id, key: newKey(), district: context.search?.slots.district };
  return answer(waitFor("text", writing, context), { about: "ask-text", offer });
}

/** What would be stored of a contribution. */
function drafted(offer: Offer, { text = "", district }: Writing, turn: PartTurn) {
  return turn.contributions.draft({ offer, text, district, lang: turn.lang });
}

/** Takes a text as the contribution that was asked for, and asks whether to store it. */
export function takeContribution(
  catalogue: Catalogue,
  { text, slots }: { readonly text: string; readonly slots: Slots },
  writing: Writing,
  context: ConversationContext,
  turn: PartTurn,
): Response {
  const offer = catalogue.findOffer(writing.to);
  if (offer === undefined) return outdated(withoutWriting(context));
  if (isTooLong(text)) return { ...answer(waitFor("text", writing, context), { about: "too-long", offer }), secret: true };
  const said = { ...writing, text: text.trim(), district: slots.district ?? writing.district };
  const { code: _later, ...contribution } = drafted(offer, said, turn);
  const finding = { about: "confirm", contribution, key: said.key } as const;
  return { ...answer(waitFor("yes", said, context), finding), secret: true };
}

/** The yes to a contribution: stores it and gives the receipt. */
export async function submitContribution(
  catalogue: Catalogue,
  writing: Writing,
  context: ConversationContext,
  turn: PartTurn,
): Promise<Response> {
  const done = withoutWriting(context);
  const offer = catalogue.findOffer(writing.to);
  if (offer === undefined) return outdated(done);
  const refusal = await refuseContribution(offer, done, turn);
  if (refusal !== undefined) return refusal;
  const contribution = drafted(offer, writing, turn);
  return { ...answer(done, { about: "submitted", contribution }), part: { kind: "submit", contribution } };
}

/** The no to anything that was to be written. */
export function declineWriting(context: ConversationContext): Response {
  return answer(withoutWriting(context), { about: "declined" });
}

/** How a contribution stands, or that it is taken back. */
export function respondToStanding(standing: ContributionStanding, takesBack: boolean, context: ConversationContext): Response {
  if (!takesBack || standing.state === "withdrawn") return answer(context, { about: "standing", standing });
  return { ...answer(context, { about: "withdrawn" }), part: { kind: "withdraw", code: standing.code } };
}

function respondToVote(offer: Offer, vote: Vote | undefined, context: ConversationContext): Response {
  const response = answer(context, { about: "voted", offer, vote });
  return { ...response, intent: "measure", part: { kind: "vote", offerId: offer.id, vote } };
}

/** One measure by itself, with what can be said to it. */
function showMeasure(offer: Offer, context: ConversationContext): Response {
  return {
    finding: { kind: "offers", needs: [], found: [{ offer, score: 1 }], more: false, widened: [] },
    intent: "measure",
    needs: offer.needs.slice(0, 1),
    slots: {},
    context,
  };
}

const votesOf: Readonly<Record<string, Vote | undefined>> = { pro: "important", contra: "unimportant", unvote: undefined };

/** Answers a button about contributions and votes; undefined for any other one. */
export async function respondToParticipationButton(
  catalogue: Catalogue,
  { action, argument }: PressedButton,
  context: ConversationContext,
  turn: PartTurn,
): Promise<Response | undefined> {
  if (action !== "say" && action !== "measure" && !Object.hasOwn(votesOf, action)) return undefined;
  const offer = catalogue.findOffer(argument);
  if (offer === undefined) return outdated(context);
  if (action === "say") return await askForText(offer, context, turn);
  if (offer.kind !== "measure") return outdated(context);
  return action === "measure" ? showMeasure(offer, context) : respondToVote(offer, votesOf[action], context);
}
