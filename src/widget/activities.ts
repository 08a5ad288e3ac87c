import * as z from "zod/mini";
import { languages } from "../core/languages.ts";

const Card = z.object({
  id: z.string(),
  title: z.string(),
  titleLang: z.optional(z.enum(languages)),
  lines: z.array(z.string()),
  url: z.string(),
  calendar: z.optional(z.object({ label: z.string(), url: z.string() })),
  map: z.optional(z.object({ label: z.string(), url: z.string() })),
  source: z.string(),
});

const Received = z.object({
  id: z.string(),
  type: z.optional(z.string()),
  from: z.object({ role: z.string() }),
  text: z.string(),
  replyToId: z.optional(z.string()),
  channelData: z.object({
    clientActivityID: z.optional(z.string()),
    postBack: z.optional(z.boolean()),
    stadtlotse: z.optional(
      z.object({
        lang: z.enum(languages),
        lead: z.array(z.string()),
        cards: z.array(Card),
        closing: z.array(z.string()),
        writer: z.optional(z.literal("human")),
        sharePlace: z.optional(z.object({ label: z.string(), says: z.optional(z.string()) })),
      }),
    ),
  }),
  suggestedActions: z.optional(z.object({ actions: z.array(z.object({ title: z.string(), value: z.string() })) })),
});

export const ReceivedPage = z.object({ activities: z.array(Received), watermark: z.string() });
export const IssuedToken = z.object({ conversationId: z.string(), token: z.string(), expires_in: z.number() });
export const FoundStream = z.object({ streamUrl: z.optional(z.string()) });
export const PostedId = z.object({ id: z.string() });

export type IssuedToken = z.infer<typeof IssuedToken>;

/** One offer as the page shows it. */
export type ShownCard = z.infer<typeof Card>;

/** A button for how to go on. */
export interface ShownButton {
  readonly title: string;
  readonly value: string;
  /** True if a press tells where the person is, once the browser was allowed to. */
  readonly sharesPlace?: boolean;
}

/** An answer as the page shows it. */
export interface ShownReply {
  readonly lang: string;
  readonly lead: readonly string[];
  readonly cards: readonly ShownCard[];
  readonly closing: readonly string[];
  readonly buttons: readonly ShownButton[];
  /** Set where a person of the city wrote it. */
  readonly writer?: "human" | undefined;
}

/** What one activity means for the page. The text of a pressed button is its value. */
export type ShownActivity =
  | {
      readonly kind: "own";
      readonly id: string;
      readonly text: string;
      readonly pressed: boolean;
      readonly clientId: string | undefined;
    }
  | { readonly kind: "reply"; readonly id: string; readonly inReplyTo: string | undefined; readonly reply: ShownReply }
  /** A person of the city answers the message: nothing is shown, and no answer is waited for. */
  | { readonly kind: "passed-on"; readonly id: string; readonly inReplyTo: string | undefined };

/** Answers without our own channelData (from another Direct Line server) are shown as their text. */
export function shownActivity(received: z.infer<typeof Received>): ShownActivity {
  const { id, text, channelData } = received;
  if (received.from.role === "user")
    return { kind: "own", id, text, pressed: channelData.postBack === true, clientId: channelData.clientActivityID };
  if (received.type === "event") return { kind: "passed-on", id, inReplyTo: received.replyToId };
  const parts = channelData.stadtlotse ?? { lang: "", lead: [text], cards: [], closing: [] };
  const place = channelData.stadtlotse?.sharePlace;
  const buttons = [
    ...(received.suggestedActions?.actions ?? []),
    ...(place === undefined ? [] : [{ title: place.label, value: "place", sharesPlace: true }]),
  ];
  const closing = place?.says === undefined ? parts.closing : [...parts.closing.slice(0, -1), place.says];
  return { kind: "reply", id, inReplyTo: received.replyToId, reply: { ...parts, closing, buttons } };
}
