import type { Button, Reply } from "../core/answer.ts";
import type { HandoverFinding, ServiceHours } from "../core/handover.ts";
import type { Lang } from "../core/languages.ts";
import { words } from "../words/words.ts";
import { daysLine } from "./hours-lines.ts";

/** A Monday: only its weekday counts. */
const monday = "2024-01-01";

/** The ISO date of a weekday, 1 for Monday. */
const dateOf = (weekday: number) => monday.replace(/1$/, String(weekday));

/** When people of the city are there; that is not made up where nobody has said it. */
function whenLines(hours: readonly ServiceHours[], lang: Lang): string {
  const own = words[lang].handover;
  if (hours.length === 0) return own.noHours;
  const days = hours.map(({ first, last, opens, closes }) =>
    daysLine({ first: dateOf(first), last: dateOf(last), spans: [{ opens, closes }] }, lang),
  );
  return [own.hours, ...days].join("\n");
}

/** Words what is said about talking to a person; `hours` is when people of the city are there, empty if that is not known. */
export function composeHandover(finding: HandoverFinding, lang: Lang, hours: readonly ServiceHours[]): Reply {
  const own = words[lang];
  const back: Button = { label: own.handover.back, value: "assistant" };
  const say = (lead: readonly string[], buttons: readonly Button[] = []): Reply => ({ lang, lead, cards: [], closing: [], buttons });
  switch (finding.about) {
    case "waiting":
      return say([own.handover.waiting, whenLines(hours, lang), own.handover.meanwhile, own.call115], [back]);
    case "still-waiting":
      return say([own.handover.stillWaiting, whenLines(hours, lang), own.call115], [back]);
    case "passed-on":
      return { ...say([]), silent: true };
    case "taken":
      return say([own.handover.taken], [back]);
    case "said":
      return { ...say([own.handover.writes, finding.text], [back]), writer: "human" };
    case "returned":
      return say([own.handover.returned]);
    case "ended":
      return say(finding.by === "nobody-came" ? [own.handover.ended[finding.by], own.call115] : [own.handover.ended[finding.by]]);
    default:
      return finding satisfies never;
  }
}
