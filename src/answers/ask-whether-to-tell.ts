import type { Button } from "../core/answer.ts";
import type { Manner } from "../core/composer.ts";
import { words } from "../words/words.ts";

/** Asks whether to tell once there is an answer, saying what is stored; `on` is the message that was not answered. */
export function askWhetherToTell(
  by: "letter" | "code",
  { lang }: Pick<Manner, "lang">,
  on: number | undefined,
): { readonly closing: readonly string[]; readonly buttons: readonly Button[] } {
  const own = words[lang];
  return {
    closing: [`${own.askers.ask}\n${by === "letter" ? own.askers.stores : own.askers.storesForCode}`],
    buttons: [
      { label: own.watches.yes, value: on === undefined ? "tell-yes" : `tell-yes:${on}` },
      { label: own.watches.no, value: "tell-no" },
    ],
  };
}
