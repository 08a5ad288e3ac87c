import * as z from "zod/mini";
import { languages } from "../core/languages.ts";

// Pages with a strict policy forbid code made from strings, which zod would try for speed.
z.config({ jitless: true });

const Strings = z.object({
  ...{ title: z.string(), notice: z.string(), messageLabel: z.string(), send: z.string(), logLabel: z.string(), you: z.string() },
  ...{ assistant: z.string(), waiting: z.string(), failed: z.string(), sendAgain: z.string(), noPlace: z.string(), openLink: z.string() },
  ...{ examples: z.string(), answerReady: z.string(), language: z.string(), demoBanner: z.string() },
  ...{ close: z.string(), menu: z.string(), offline: z.string(), exit: z.string(), exitHint: z.string(), transcript: z.string() },
  ...{ restart: z.string(), readAloud: z.string(), stopReading: z.string(), dictate: z.string(), dictateNotice: z.string() },
  ...{ dictateStart: z.string(), listening: z.string(), onDuty: z.string(), loadFailed: z.string() },
  ...{ human: z.string(), humanWrites: z.string(), ended: z.string() },
});

/** The sentences of the panel, in one language. */
export type Strings = z.infer<typeof Strings>;

const Settings = z.object({
  lang: z.enum(languages),
  demo: z.boolean(),
  /** True if people of the city answer at this moment. */
  onDuty: z.boolean(),
  welcome: z.string(),
  examples: z.array(z.string()),
  strings: Strings,
  /** What the menu sends: what is shown, and the words that are sent. */
  commands: z.array(z.object({ label: z.string(), text: z.string() })),
  languages: z.array(z.object({ lang: z.enum(languages), name: z.string() })),
  /** Pages about the chat. */
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  /** Where "leave quickly" goes. */
  exitUrl: z.string(),
  /** CSS custom properties of the city. */
  theme: z.record(z.string(), z.string()),
});

/** What the server tells the panel: sentences, links and colours. */
export type Settings = z.infer<typeof Settings>;

const timeoutMs = 15_000;

/** Fetches the settings for a language. Throws where the server cannot be reached or does not know the language. */
export async function fetchSettings(base: string, lang: string): Promise<Settings> {
  const response = await fetch(`${base}settings/${lang}.json`, { credentials: "omit", signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`The settings of the chat were answered with ${response.status}.`);
  return Settings.parse(await response.json());
}
