import { randomUUID } from "node:crypto";
import { longestContribution } from "../core/participation.ts";
import type { ConversationContext } from "./context.ts";

/** A text that somebody writes. */
export type Writing = NonNullable<ConversationContext["writing"]>;

const keyLength = 8;

/** A key for the button that says yes to a text. */
export function newKey(): string {
  return randomUUID().slice(0, keyLength);
}

/** True for a text that is longer than what is stored of one. */
export const isTooLong = (text: string) => text.length > longestContribution;

/** What is waited for: the text, or the yes to it. */
export function waitFor(asksWriting: "text" | "yes", writing: Writing, context: ConversationContext): ConversationContext {
  return { ...context, writing, asksWriting };
}

/** Nothing is being written any more. */
export function withoutWriting({ writing: _writing, asksWriting: _asks, ...context }: ConversationContext): ConversationContext {
  return context;
}
