import type { AttachmentKind, MessageContent } from "../../core/message.ts";

/** Fields of a message that hold something else than words, and how people call it. */
const attachments: ReadonlyMap<string, AttachmentKind | undefined> = new Map([
  ["photo", "photo"],
  ["animation", "photo"],
  ["video", "photo"],
  ["video_note", "photo"],
  ["voice", "voice"],
  ["audio", "voice"],
  ["sticker", "sticker"],
  ["dice", "sticker"],
  ...["contact", "document", "game", "location", "paid_media", "poll", "story", "venue"].map((name) => [name, undefined] as const),
]);

/** What a message without words holds; undefined for service messages ("joined the group"). */
export function attachmentOf(message: object): MessageContent | undefined {
  const found = [...attachments].find(([name]) => name in message);
  if (found === undefined) return undefined;
  return found[1] === undefined ? { kind: "attachment" } : { kind: "attachment", what: found[1] };
}
