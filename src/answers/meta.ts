import type { Button, Finding, Reply } from "../core/answer.ts";
import type { Manner } from "../core/composer.ts";
import { languages } from "../core/languages.ts";
import { commandIds, commandName } from "../words/commands.ts";
import { type Words, words } from "../words/words.ts";
import { myDataLines } from "./my-data.ts";

type Meta = Extract<Finding, { kind: "meta" }>;

/** Says for itself that a computer programme writes. */
const introductions: ReadonlySet<Meta["about"]> = new Set(["welcome", "who-are-you", "what-can-you-do", "help"]);

/** True if the answer to a finding says that a computer programme writes. */
export function introducesItself(finding: Finding): boolean {
  return finding.kind === "meta" && introductions.has(finding.about);
}

function lines(lang: Manner["lang"], lead: readonly string[], buttons: readonly Button[] = []): Reply {
  return { lang, lead, cards: [], closing: [], buttons };
}

/** A button to everything that settings can change; each language is named in itself, so that everybody finds their own. */
function settingButtons(own: Words, simple: boolean): readonly Button[] {
  const change = simple ? { label: own.writeAtLength, value: "simple:off" } : { label: own.writeSimply, value: "simple:on" };
  return [change, ...languages.map((lang) => ({ label: words[lang].languageNames[lang], value: `lang:${lang}` }))];
}

function settings({ lang, simple }: Manner): Reply {
  const own = words[lang];
  const now = [own.answerLanguage(own.languageNames[lang]), simple ? own.simpleOn : own.simpleOff].join("\n");
  return lines(lang, [now, own.settings], settingButtons(own, simple));
}

function help(lang: Manner["lang"], unknownCommand: boolean): Reply {
  const own = words[lang];
  const list = commandIds.map((id) => `/${commandName(id, lang)} – ${own.commands[id]}`).join("\n");
  return lines(lang, [...(unknownCommand ? [own.unknownCommand] : []), own.whatCanYouDo, own.help, list]);
}

/** Words what the assistant says about itself, its settings and what it keeps. `needLabel` gives undefined for a need that is gone. */
export function composeMeta(finding: Meta, manner: Manner, needLabel: (id: string) => string | undefined): Reply {
  const { lang } = manner;
  const own = words[lang];
  const deletion = { label: own.deleteButton, value: "delete" };
  switch (finding.about) {
    case "welcome":
      return lines(lang, [own.welcome]);
    case "who-are-you":
      return lines(lang, [own.whoAreYou]);
    case "what-can-you-do":
      return lines(lang, [own.whatCanYouDo]);
    case "privacy":
      return lines(lang, [own.privacy], [deletion]);
    case "delete-data":
      return lines(lang, [own.deleteAsk], [deletion]);
    case "deleted":
      return lines(lang, [own.deleted]);
    case "settings":
      return settings(manner);
    case "help":
      return help(lang, finding.unknownCommand);
    case "my-data":
      return lines(lang, myDataLines(finding.stored, manner, needLabel), [deletion]);
    default:
      return finding satisfies never;
  }
}
