import { replyText } from "../../core/answer.ts";
import type { Activity } from "../../core/message.ts";
import type { Grant } from "./tokens.ts";

/** Everybody sees the same name; it is a programme and has no human one. */
const assistant = { id: "stadtlotse", name: "Stadtlotse", role: "bot" };

/** Direct Line's id of an activity: unique over all conversations. */
export function activityId(conversationId: string, id: number | string): string {
  return `${conversationId}|${id}`;
}

function frame(activity: Activity, grant: Grant) {
  return {
    type: "message",
    id: activityId(grant.conversationId, activity.id),
    timestamp: activity.at.toISOString(),
    channelId: "directline",
    conversation: { id: grant.conversationId },
    // Clients render Markdown unless they are told not to; what citizens write must stay text.
    textFormat: "plain",
  };
}

function renderActivity(activity: Activity, grant: Grant) {
  if (activity.kind === "message") {
    const channelData = activity.clientId === undefined ? {} : { clientActivityID: activity.clientId };
    return { ...frame(activity, grant), from: { id: grant.userId, role: "user" }, text: activity.text, channelData };
  }
  const { lang, lead, cards, closing, buttons, about } = activity.reply;
  return {
    ...frame(activity, grant),
    from: assistant,
    text: replyText(activity.reply),
    locale: lang,
    replyToId: activityId(grant.conversationId, activity.inReplyTo),
    channelData: { stadtlotse: { lang, lead, cards, closing, about } },
    suggestedActions: { to: [grant.userId], actions: buttons.map(({ label, value }) => ({ type: "postBack", title: label, value })) },
  };
}

/** A page of the conversation as Direct Line 3.0 has it; the watermark is the id of the last activity the client has then. */
export function renderActivities(activities: readonly Activity[], grant: Grant, watermark: number) {
  const last = activities.at(-1)?.id ?? watermark;
  return { activities: activities.map((activity) => renderActivity(activity, grant)), watermark: String(last) };
}
