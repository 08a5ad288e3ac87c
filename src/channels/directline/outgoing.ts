import { type Button, type OfferCard, replyText } from "../../core/answer.ts";
import type { Activity } from "../../core/message.ts";
import { directLineCapabilities } from "./capabilities.ts";
import type { Grant } from "./tokens.ts";

function shownButtons(buttons: readonly Button[]): readonly Button[] {
  return buttons.filter(({ shares }) => shares === undefined).slice(0, directLineCapabilities.mostButtons);
}

/** Sharing a place is no suggested action: a client that can asks the browser and posts GeoCoordinates. */
function placeButton(buttons: readonly Button[]) {
  const button = buttons.find(({ shares }) => shares === "place");
  return button === undefined ? {} : { sharePlace: { label: button.label, says: button.says } };
}

/** Everybody sees the same name; it is a programme and has no human one. */
export const assistant = { id: "stadtlotse", name: "Stadtlotse", role: "bot" };

/** Direct Line's id of an activity: unique over all conversations. */
export function activityId(conversationId: string, id: number | string): string {
  return `${conversationId}|${id}`;
}

/** What every activity has, whoever sent it. */
export function frameOf(type: "message" | "typing" | "event", id: string, at: Date, conversationId: string) {
  return { type, id, timestamp: at.toISOString(), channelId: "directline", conversation: { id: conversationId } };
}

function frame(activity: Activity, grant: Grant) {
  return {
    ...frameOf("message", activityId(grant.conversationId, activity.id), activity.at, grant.conversationId),
    // Clients render Markdown unless they are told not to; what citizens write must stay text.
    textFormat: "plain",
  };
}

/** BotFramework-WebChat orders by this number; by the time alone, a question and its answer can change places within a millisecond. */
const order = (id: number) => ({ "webchat:sequence-id": id });

function renderOwn(activity: Extract<Activity, { kind: "message" | "press" }>, grant: Grant) {
  const clientId = activity.clientId === undefined ? {} : { clientActivityID: activity.clientId };
  const own = { ...frame(activity, grant), from: { id: grant.userId, role: "user" } };
  return activity.kind === "message"
    ? { ...own, text: activity.text, channelData: { ...clientId, ...order(activity.id) } }
    : { ...own, text: activity.value, channelData: { postBack: true, ...clientId, ...order(activity.id) } };
}

/** The text holds every word and address; clients that show plain text make no links of it, so one card has a button for each offer's page. */
function linksTo(cards: readonly OfferCard[]) {
  const links = cards.flatMap(({ title, url, calendar }) => [
    { title, value: url },
    ...(calendar === undefined ? [] : [{ title: `${calendar.label}: ${title}`, value: calendar.url }]),
  ]);
  const buttons = links.filter(({ value }) => /^https?:/.test(value)).map((link) => ({ type: "openUrl", ...link }));
  return buttons.length === 0 ? {} : { attachments: [{ contentType: "application/vnd.microsoft.card.hero", content: { buttons } }] };
}

function renderReply(activity: Extract<Activity, { kind: "reply" }>, grant: Grant) {
  const { lang, lead, cards, closing, buttons, about, writer } = activity.reply;
  return {
    ...frame(activity, grant),
    from: assistant,
    text: replyText(activity.reply),
    locale: lang,
    ...(activity.inReplyTo === undefined ? {} : { replyToId: activityId(grant.conversationId, activity.inReplyTo) }),
    channelData: { stadtlotse: { lang, lead, cards, closing, about, writer, ...placeButton(buttons) }, ...order(activity.id) },
    ...linksTo(cards),
    // For whoever is in the talk: clients do not know the user id that this server chose.
    suggestedActions: { actions: shownButtons(buttons).map(({ label, value }) => ({ type: "postBack", title: label, value })) },
  };
}

/** Tells a client that a person of the city answers the message, so that it waits for no answer; others leave an unknown event out. */
function renderSilence({ id, at, inReplyTo = 0 }: Extract<Activity, { kind: "reply" }>, { conversationId }: Grant) {
  return {
    ...frameOf("event", activityId(conversationId, id), at, conversationId),
    ...{
      name: "stadtlotse/passed-on",
      text: "",
      from: assistant,
      replyToId: activityId(conversationId, inReplyTo),
      channelData: order(id),
    },
  };
}

/** One activity of the history as Direct Line 3.0 has it. */
export function renderActivity(activity: Activity, grant: Grant) {
  if (activity.kind !== "reply") return renderOwn(activity, grant);
  return activity.reply.silent === true ? renderSilence(activity, grant) : renderReply(activity, grant);
}

/** A page of the conversation as Direct Line 3.0 has it; the watermark is the id of the last activity the client has then. */
export function renderActivities(activities: readonly Activity[], grant: Grant, watermark: number) {
  const last = activities.at(-1)?.id ?? watermark;
  return { activities: activities.map((activity) => renderActivity(activity, grant)), watermark: String(last) };
}
