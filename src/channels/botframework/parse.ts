import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { MessageContent } from "../../core/message.ts";
import { ratingOf } from "./reactions.ts";
import type { Reference } from "./reference.ts";

/** Buttons of this assistant never hold more (core/answer.ts). */
const longestButtonBytes = 60;
const longestId = 1000;

const Id = z.string().min(1).max(longestId);
const Member = z.object({ id: Id, role: z.string().nullish() });
const Entity = z.object({
  type: z.string().catch(""),
  mentioned: z.object({ id: z.string() }).nullish().catch(undefined),
  text: z.string().nullish().catch(undefined),
});

/** The fields of the Bot Framework's activity schema that are read here; others are left behind. */
const ActivitySchema = z.object({
  type: z.string().min(1),
  id: Id.nullish(),
  timestamp: z.string().max(100).nullish(),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.string().min(1).max(longestId),
  conversation: z.object({ id: Id, conversationType: z.string().max(100).nullish(), isGroup: z.boolean().nullish() }),
  from: Member.nullish(),
  recipient: Member,
  locale: z.string().nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  name: z.string().nullish(),
  replyToId: Id.nullish(),
  deliveryMode: z.string().nullish(),
  entities: z.array(Entity).nullish(),
  attachments: z.array(z.object({ contentType: z.string().nullish() })).nullish(),
  membersAdded: z.array(Member).nullish(),
  reactionsAdded: z.array(z.object({ type: z.string() })).nullish(),
  channelData: z
    .object({ eventType: z.string().nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});

export type IncomingActivity = z.infer<typeof ActivitySchema>;

/** What an activity means here. */
export type ParsedActivity =
  | {
      readonly kind: "message";
      readonly content: MessageContent;
      /** Unique within the conversation: equal for repeats of a delivery, different for an edit. */
      readonly key: string;
      /** The platform's id of the answer that a button or a reaction belongs to. */
      readonly about?: string | undefined;
      /** A sign put on a message, which may be any message. */
      readonly reaction?: true;
    }
  | { readonly kind: "ignored" };

const ignored: ParsedActivity = { kind: "ignored" };

/** Our buttons come back with this key, whether they were suggested or in a card. */
const Pressed = z.object({ stadtlotse: z.string().min(1) });

/** Reads one activity; throws REQUEST_INVALID that names the field, never its content. */
export function readActivity(body: unknown): IncomingActivity {
  const parsed = ActivitySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new AppError(
    "REQUEST_INVALID",
    field === "" ? "The body is not an activity." : `${field} of the activity is missing or not as Bot Framework has it.`,
  );
}

function isGroup({ conversation }: IncomingActivity): boolean {
  const type = conversation.conversationType?.toLowerCase();
  return conversation.isGroup === true || type === "groupchat" || type === "channel";
}

function idOf({ id }: IncomingActivity): string {
  if (id === null || id === undefined) throw new AppError("REQUEST_INVALID", "id of the activity is missing.");
  return id;
}

/** The text without our own name; undefined in a group where nobody called us, whose talk is not ours to read. */
function addressedText(activity: IncomingActivity): string | undefined {
  const mentions = (activity.entities ?? []).filter(
    ({ type, mentioned }) => type.toLowerCase() === "mention" && mentioned?.id === activity.recipient.id,
  );
  if (mentions.length === 0 && isGroup(activity)) return undefined;
  const names = new Set(mentions.flatMap(({ text }) => text || []));
  return [...names]
    .reduce((rest, name) => rest.replaceAll(name, " "), activity.text ?? "")
    .replaceAll("&nbsp;", " ")
    .trim();
}

function buttonOf(value: unknown): string | undefined {
  const pressed = Pressed.safeParse(value);
  if (!pressed.success) return undefined;
  if (Buffer.byteLength(pressed.data.stadtlotse) <= longestButtonBytes) return pressed.data.stadtlotse;
  throw new AppError("REQUEST_INVALID", `value is longer than ${longestButtonBytes} bytes: no button of this bot is.`);
}

/** Teams sends every text as HTML once more, which is no attachment. */
function hasFile({ attachments }: IncomingActivity): boolean {
  return (attachments ?? []).some(({ contentType }) => contentType !== "text/html");
}

function parseMessage(activity: IncomingActivity): ParsedActivity {
  const button = buttonOf(activity.value);
  const key = idOf(activity);
  if (button !== undefined) {
    const on = activity.replyToId ?? undefined;
    return { kind: "message", key, content: { kind: "button", value: button, on }, about: on };
  }
  const text = addressedText(activity);
  if (text === undefined) return ignored;
  if (text !== "") return { kind: "message", key, content: { kind: "text", text } };
  // The button of a card that is not ours.
  if (activity.value !== undefined && activity.value !== null) return ignored;
  return { kind: "message", key, content: hasFile(activity) ? { kind: "attachment" } : { kind: "text", text } };
}

/** An edited message is a new question; the platform repeats the id and changes the time. */
function parseEdit(activity: IncomingActivity): ParsedActivity {
  const event = activity.channelData?.eventType ?? "editMessage";
  const text = event === "editMessage" ? addressedText(activity) : undefined;
  if (text === undefined || text === "") return ignored;
  const key = `${idOf(activity)}\nedited\n${activity.timestamp ?? text}`;
  return { kind: "message", key, content: { kind: "text", text, edited: true } };
}

/** Greets once in a conversation: when we come into a group, and when a talk of two begins. */
function parseMembers(activity: IncomingActivity): ParsedActivity {
  const added = activity.membersAdded ?? [];
  const ours = added.some(({ id }) => id === activity.recipient.id);
  if (added.length === 0 || (isGroup(activity) && !ours)) return ignored;
  return { kind: "message", key: "\nwelcome", content: { kind: "start" } };
}

function parseReactions(activity: IncomingActivity): ParsedActivity {
  const rating = (activity.reactionsAdded ?? []).map(({ type }) => ratingOf(type)).find((each) => each !== undefined);
  if (rating === undefined || activity.replyToId === null || activity.replyToId === undefined) return ignored;
  return { kind: "message", key: idOf(activity), content: { kind: "button", value: rating }, about: activity.replyToId, reaction: true };
}

/** Two bots that answer each other would never end. */
function isFromBot({ from, recipient }: IncomingActivity): boolean {
  return from?.role === "bot" || from?.role === "skill" || from?.id === recipient.id;
}

/** Says what an activity is for the assistant; types that it has no answer to are ignored, and what bots write too. */
export function parseActivity(activity: IncomingActivity): ParsedActivity {
  if (activity.type === "conversationUpdate") return parseMembers(activity);
  if (isFromBot(activity)) return ignored;
  switch (activity.type) {
    case "message":
      return parseMessage(activity);
    case "messageUpdate":
      return parseEdit(activity);
    case "messageReaction":
      return parseReactions(activity);
    default:
      return ignored;
  }
}

/** Who wrote, where several write. */
export function writerOf(activity: IncomingActivity): string | undefined {
  return isGroup(activity) ? activity.from?.id : undefined;
}

/** The reference by which the conversation goes on. */
export function referenceOf(activity: IncomingActivity): Reference {
  const { channelId, serviceUrl, conversation, recipient, from } = activity;
  const { id, conversationType, isGroup: group } = conversation;
  return {
    channelId,
    serviceUrl,
    conversation: { id, ...(conversationType ? { conversationType } : {}), ...(group === true ? { isGroup: true } : {}) },
    bot: { id: recipient.id },
    ...(isGroup(activity) || !from ? {} : { user: { id: from.id } }),
  };
}
