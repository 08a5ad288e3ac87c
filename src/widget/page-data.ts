import * as z from "zod/mini";
import { languages } from "../core/languages.ts";

// The policy of the page forbids code made from strings, which zod would try for speed.
z.config({ jitless: true });

const PageData = z.object({
  lang: z.enum(languages),
  endpoint: z.string(),
  live: z.boolean(),
  strings: z.object({
    you: z.string(),
    assistant: z.string(),
    waiting: z.string(),
    failed: z.string(),
    sendAgain: z.string(),
    noPlace: z.string(),
    openLink: z.string(),
    answerReady: z.string(),
  }),
});

/** What the page hands to its script: language, address of the chat, whether answers are shown while they are worded, sentences. */
export type PageData = z.infer<typeof PageData>;

/** Reads the JSON in the page's #chat-data. */
export function readPageData(json: string): PageData {
  return PageData.parse(JSON.parse(json));
}
