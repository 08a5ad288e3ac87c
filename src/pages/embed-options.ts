import { z } from "zod";
import { languages } from "../core/languages.ts";

/** What an editor chooses; anything else counts as not chosen. */
export const EmbedOptions = z.object({
  mode: z.enum(["button", "inline"]).catch("button"),
  position: z.enum(["right", "left"]).catch("right"),
  theme: z.enum(["auto", "light", "dark"]).catch("auto"),
  language: z.enum(["page", ...languages]).catch("page"),
  /** The id of a need whose offers open the talk. */
  topic: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    .max(60)
    .optional()
    .catch(undefined),
  dictation: z.literal("on").optional().catch(undefined),
});

export type EmbedOptions = z.output<typeof EmbedOptions>;

/** The attributes of `<stadtlotse-chat>` for these options; what is the default is left out. */
export function attributesOf({ mode, position, theme, language, topic, dictation }: EmbedOptions): Readonly<Record<string, string>> {
  return {
    ...(mode === "button" ? {} : { mode }),
    ...(mode === "button" && position === "left" ? { position } : {}),
    ...(theme === "auto" ? {} : { theme }),
    ...(language === "page" ? {} : { lang: language }),
    ...(topic === undefined ? {} : { topic }),
    ...(dictation === undefined ? {} : { dictation: "" }),
  };
}

/** The lines to copy into a page. Every value is one of a few words or an id, so nothing has to be escaped. */
export function tagOf(publicUrl: string, options: EmbedOptions): string {
  const attributes = Object.entries(attributesOf(options)).map(([name, value]) => (value === "" ? ` ${name}` : ` ${name}="${value}"`));
  return `<script type="module" src="${publicUrl}/widget/loader.js"></script>\n<stadtlotse-chat${attributes.join("")}></stadtlotse-chat>`;
}

/** What a strict Content-Security-Policy of the embedding page has to allow; the last one only where it demands trusted types. */
export function directivesOf(publicUrl: string): string {
  const { origin } = new URL(publicUrl);
  return [
    `script-src ${origin}`,
    `connect-src ${origin} ${origin.replace(/^http/, "ws")}`,
    `font-src ${origin}`,
    "trusted-types lit-html",
  ].join("; ");
}
