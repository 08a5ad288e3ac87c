import { z } from "zod";
import { languages } from "../core/languages.ts";

const SlotsShape = z.object({
  district: z.string().optional(),
  quarter: z.string().optional(),
  postcode: z.string().optional(),
  age: z.number().optional(),
  costFree: z.literal(true).optional(),
  wheelchair: z.literal(true).optional(),
  language: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  when: z.string().optional(),
});

/** What a conversation remembers from turn to turn; ends after 24 hours without a message. */
export const ConversationContext = z.object({
  lang: z.enum(languages).optional(),
  /** A language the person asked for; it wins over what they write in. */
  chosenLang: z.enum(languages).optional(),
  simple: z.boolean().default(false),
  search: z
    .object({
      text: z.string(),
      needs: z.array(z.object({ id: z.string(), score: z.number() })),
      slots: SlotsShape,
      /** Offers that were shown of it in all, and where its last page began. */
      shown: z.number(),
      page: z.number().default(0),
      capacity: z.boolean(),
    })
    .optional(),
  /** The last answer asked back; the next one does not. */
  asked: z.boolean().default(false),
  lastTurn: z.string().optional(),
});

export type ConversationContext = z.infer<typeof ConversationContext>;

/** The search that a follow-up ("more", "in Sendling?") goes on from. */
export type LastSearch = NonNullable<ConversationContext["search"]>;

export const freshContext: ConversationContext = { simple: false, asked: false };

/** Hours after which a conversation starts anew. */
export const contextHours = 24;
