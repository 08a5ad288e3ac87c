import * as z from "zod/mini";
import { languages } from "../core/languages.ts";

const Remembered = z.object({
  session: z.optional(z.object({ conversationId: z.string(), token: z.string(), expiresAt: z.number() })),
  unsent: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      value: z.optional(z.string()),
      text: z.optional(z.string()),
      place: z.optional(z.object({ latitude: z.number(), longitude: z.number() })),
    }),
  ),
  draft: z.string(),
  /** The language that somebody chose here. */
  lang: z.optional(z.enum(languages)),
});

/** What a tab keeps over a reload. */
export type Remembered = z.infer<typeof Remembered>;

export interface Memory {
  load(): Remembered;
  save(change: Partial<Remembered>): void;
  /** Forgets all of it, at once and for good. */
  clear(): void;
}

const nothing: Remembered = { unsent: [], draft: "" };

/** Every key that talks of this product are kept under begins so. */
const prefix = "stadtlotse ";

/** The key of a talk: of one server, and one of several chats of a page. */
export function memoryKey(endpoint: string, number: number): string {
  return `${prefix}${endpoint} ${number}`;
}

/** Forgets every talk of this tab, those of other chats of the page too. */
export function clearAll(storage: () => Storage): void {
  try {
    for (const key of Object.keys(storage())) if (key.startsWith(prefix)) storage().removeItem(key);
  } catch {
    // Storage is off: there is nothing to forget.
  }
}

/** Keeps things under a key of this tab's sessionStorage; where the browser forbids that, until the page is left. */
export function createMemory(storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem">, key = "stadtlotse"): Memory {
  let current = nothing;
  try {
    current = Remembered.parse(JSON.parse(storage().getItem(key) ?? JSON.stringify(nothing)));
  } catch {
    current = nothing;
  }
  return {
    load: () => current,
    save: (change) => {
      current = { ...current, ...change };
      try {
        storage().setItem(key, JSON.stringify(current));
      } catch {
        // Storage is off or full: the talk goes on without it.
      }
    },
    clear: () => {
      current = nothing;
      try {
        storage().removeItem(key);
      } catch {
        // Storage is off: there is nothing to forget.
      }
    },
  };
}
