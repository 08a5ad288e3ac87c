import type { AnswerKind } from "./answer.ts";
import type { Lang } from "./languages.ts";

/** How far a talk with a person of the city has come. */
export const handoverStates = ["idle", "offered", "waiting", "with-human", "closed"] as const;

export type HandoverState = (typeof handoverStates)[number];

/**
 * What can happen to it. People: `reject` calls a second answer wrong, `ask` wants a person, `write` sends words, `return` wants the assistant. Staff: `take`, `say`, `release` (to
 * colleagues), `close`. `expire` is the clock.
 */
export const handoverEvents = ["reject", "ask", "write", "return", "take", "say", "release", "close", "expire"] as const;

export type HandoverEvent = (typeof handoverEvents)[number];

type Steps = { readonly [event in HandoverEvent]?: HandoverState };

const beginning: Steps = { reject: "offered", ask: "waiting" };

const steps: { readonly [state in HandoverState]: Steps } = {
  idle: beginning,
  offered: { ...beginning, return: "closed", expire: "closed" },
  waiting: {
    reject: "waiting",
    ask: "waiting",
    write: "waiting",
    return: "closed",
    take: "with-human",
    say: "with-human",
    close: "closed",
    expire: "closed",
  },
  "with-human": {
    reject: "with-human",
    ask: "with-human",
    write: "with-human",
    return: "closed",
    say: "with-human",
    release: "waiting",
    close: "closed",
    expire: "closed",
  },
  closed: beginning,
};

/** The state after an event; undefined where the event means nothing in that state. */
export function next(state: HandoverState, event: HandoverEvent): HandoverState | undefined {
  return steps[state][event];
}

/** Why a talk with a person ended. */
export type HandoverEnd = "staff" | "person" | "nobody-came" | "human-silent" | "not-wanted";

/** Hours after which the clock ends a state: an offer that nobody took up, a question that nobody took (a weekend and a day), a person of the city who writes no more. */
export const handoverHours = { offered: 24, waiting: 72, "with-human": 4 } as const;

/** Messages from before the question that staff see. */
export const contextMessages = 6;

/** What somebody asked before they wanted a person, and what was shown to it; `at` is ISO 8601, `offers` are ids. */
export interface AskedBefore {
  readonly at: string;
  readonly text: string;
  readonly kind: AnswerKind;
  readonly offers: readonly string[];
}

/** A talk with a person of the city that has not ended. */
export interface OpenHandover {
  readonly id: number;
  readonly state: Exclude<HandoverState, "idle" | "closed">;
}

/** What a turn of a conversation does to its handover. The words of a message are redacted. */
export type HandoverStep =
  | { readonly event: "reject"; readonly lang: Lang }
  | { readonly event: "ask"; readonly lang: Lang; readonly before: readonly AskedBefore[] }
  | {
      readonly event: "write";
      readonly lang: Lang;
      /** Undefined where the words must not be kept at all; staff then see that there was a crisis. */
      readonly text: string | undefined;
      /** True for a protected topic: its words go when the talk ends. */
      readonly personal: boolean;
      /** True if nobody but staff answers it: it must not be lost if the talk has ended meanwhile. */
      readonly unanswered: boolean;
    }
  | { readonly event: "return" };

/** Talks with people of the city, as the assistant sees them. What writes works inside the turn's transaction. */
export interface Handovers<Transaction> {
  /** The conversation's talk with a person that has not ended; undefined if there is none. */
  find(conversationId: string): Promise<OpenHandover | undefined>;
  /** Takes a step; one that means nothing in the present state changes nothing. Throws if an unanswered message would be lost. */
  step(transaction: Transaction, conversationId: string, step: HandoverStep): Promise<void>;
  /** Messages of a conversation that are kept for staff. */
  count(conversationId: string): Promise<number>;
  /** Erases everything about a conversation. */
  forget(transaction: Transaction, conversationId: string): Promise<void>;
}

/** When people of the city are there: weekdays from 1 (Monday) to 7, and times as "HH:MM". */
export interface ServiceHours {
  readonly first: number;
  readonly last: number;
  readonly opens: string;
  readonly closes: string;
}

/** What is said about talking to a person. */
export type HandoverFinding =
  | { readonly about: "waiting" | "still-waiting" | "passed-on" | "taken" | "returned" }
  | { readonly about: "said"; readonly text: string }
  | { readonly about: "ended"; readonly by: Exclude<HandoverEnd, "person" | "not-wanted"> };
