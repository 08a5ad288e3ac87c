import { z } from "zod";
import { languages } from "../core/languages.ts";
import { measureFields, measureStates } from "../core/offer.ts";

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

const Point = z.object({ lat: z.number(), lon: z.number() });

const WishesShape = z.object({
  openNow: z.literal(true).optional(),
  field: z.enum(measureFields).optional(),
  status: z.enum(measureStates).optional(),
});

/** What a conversation remembers from turn to turn; ends after 24 hours without a message. */
export const ConversationContext = z.object({
  lang: z.enum(languages).optional(),
  /** A language the person asked for; it wins over what they write in. */
  chosenLang: z.enum(languages).optional(),
  simple: z.boolean().default(false),
  /** The district of the place that was shared last: what "near me" means, whatever is looked for. */
  place: z.string().optional(),
  /** That place, rounded to a kilometre. */
  origin: Point.optional(),
  search: z
    .object({
      text: z.string(),
      needs: z.array(z.object({ id: z.string(), score: z.number() })),
      slots: SlotsShape,
      wishes: WishesShape.optional(),
      origin: Point.optional(),
      /** Offers that were shown of it in all, and where its last page began. */
      shown: z.number(),
      /** Stands in the buttons of its pages, so that they do not turn the pages of another search. */
      key: z.string().optional(),
      page: z.number().default(0),
      capacity: z.boolean(),
      /** The one offer of it that was picked. */
      chosen: z.string().optional(),
    })
    .optional(),
  /** What somebody may be told of if they say yes; the key stands in the button. */
  wish: z
    .object({
      key: z.string(),
      pushes: z.boolean(),
      needs: z.array(z.string()),
      offer: z.string().optional(),
      district: z.string().optional(),
      from: z.string().optional(),
      costFree: z.literal(true).optional(),
      wheelchair: z.literal(true).optional(),
    })
    .optional(),
  /** The last answer asked for consent to tell; a yes or no is about that. */
  asksConsent: z.literal(true).optional(),
  /** The last answer asked whether to tell once there is an answer to that turn; a yes or no is about that. */
  asksTell: z.string().optional(),
  /** What somebody writes: a contribution to an offer, or a message to the organisation of the task with that receipt. The text stands from the moment it was said to the yes. */
  writing: z
    .object({
      kind: z.enum(["contribution", "message"]),
      to: z.string(),
      key: z.string(),
      district: z.string().optional(),
      text: z.string().optional(),
    })
    .optional(),
  /** The last answer asked for that text, or for a yes to it; what comes next is that. */
  asksWriting: z.enum(["text", "yes"]).optional(),
  /** The last answer asked for a sentence about a rated answer: the one to the message with that id, the last one if not given. */
  asksComment: z.object({ on: z.number().optional() }).optional(),
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
