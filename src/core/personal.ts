import type { Need } from "./offer.ts";

/** Groups and needs whose questions are erased once they are answered, and which no pushed message names. */
const personalGroups: ReadonlySet<string> = new Set(["schutz", "gesundheit"]);
const personalNeeds: ReadonlySet<string> = new Set(["ohne-versicherung", "aufenthalt"]);

/** True for a topic that nobody who looks at a person's screen should learn of; `findNeed` as in the catalogue. */
export function isPersonalTopic(needs: readonly string[], findNeed: (id: string) => Need | undefined): boolean {
  return needs.some((id) => personalNeeds.has(id) || personalGroups.has(findNeed(id)?.group ?? ""));
}
