import type { Lang } from "../core/languages.ts";

export const commandIds = ["help", "settings", "simple", "human", "watches", "my-data", "delete", "privacy"] as const;

/** What a person can ask for by a word behind a slash, on every channel. */
export type CommandId = (typeof commandIds)[number];

/** The names that are shown: the German ones to people who read German, the English ones to all others; both work for everybody. */
const names: { readonly [id in CommandId]: { readonly de: string; readonly en: string; readonly also?: readonly string[] } } = {
  help: { de: "hilfe", en: "help" },
  settings: { de: "einstellungen", en: "settings" },
  simple: { de: "einfach", en: "simple" },
  human: { de: "mensch", en: "human" },
  watches: { de: "abos", en: "watches" },
  "my-data": { de: "meinedaten", en: "mydata" },
  delete: { de: "loeschen", en: "delete", also: ["löschen"] },
  privacy: { de: "datenschutz", en: "privacy" },
};

const idOfName = new Map(
  commandIds.flatMap((id) => [names[id].de, names[id].en, ...(names[id].also ?? [])].map((name) => [name, id] as const)),
);

/** The name of a command without its slash, 1 to 32 characters out of a-z, as Telegram wants it. */
export function commandName(id: CommandId, lang: Lang): string {
  return lang === "de" ? names[id].de : names[id].en;
}

/** The command of a name in any language and any case; undefined for one that is not known. */
export function findCommand(name: string): CommandId | undefined {
  return idOfName.get(name.toLowerCase().normalize("NFC"));
}
