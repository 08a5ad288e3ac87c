import { type CrisisKind, crisisKinds } from "./answer.ts";

/** Label of the need ranking for what asks for nothing in the catalogue: small talk, questions about the assistant, what is out of scope. */
export const noNeed = "none";

/** Intents that search the catalogue, each with the needs that it is about: whoever has such a need has the intent. Most are about any need. */
const needsOfIntents: ReadonlyMap<string, readonly string[]> = new Map([
  ["find-offer", []],
  ["free-places", []],
  ["watch", []],
  ["opening-hours", []],
  ["costs", []],
  ["papers", []],
  ["contact", []],
  ["nearest", []],
  ["book-appointment", ["amt-termin"]],
  ["events", ["veranstaltung"]],
  ["courses", ["kurs", "deutschkurs", "computerkurs"]],
  ["participation", ["beteiligung"]],
  ["report-idea", ["idee-melden"]],
  ["volunteer", ["ehrenamt"]],
  ["measure", ["digital-massnahme"]],
]);

/** True for an intent that ends in a search. */
export function isSearch(intent: string): boolean {
  return needsOfIntents.has(intent);
}

/** The need that an intent names by itself; undefined for one that may be about any. */
export function needOfIntent(intent: string): string | undefined {
  return needsOfIntents.get(intent)?.[0];
}

/** The intent of whoever has a need and says nothing more. */
export function intentOfNeed(need: string): string {
  return [...needsOfIntents].find(([, needs]) => needs.includes(need))?.[0] ?? "find-offer";
}

const needsOfCrises: { readonly [kind in CrisisKind]: string } = {
  suicide: "psychische-krise",
  violence: "gewalt",
  child: "kinderschutz",
  medical: "notruf",
};

/** The need whose places are shown under the text of a crisis. */
export function needOfCrisis(kind: CrisisKind): string {
  return needsOfCrises[kind];
}

/** The need that a text of an intent counts for, where the intent says it: that of a crisis, or none for what is no search; undefined for a search. */
export function taughtNeed(intent: string): string | undefined {
  const crisis = crisisKinds.find((kind) => intent === `crisis-${kind}`);
  if (crisis !== undefined) return needOfCrisis(crisis);
  return isSearch(intent) ? undefined : noNeed;
}

/** True if two intents are answered in the same way by design: all searches but that for free places and the wish to be told. */
export function isSameAnswer(one: string, other: string): boolean {
  const plain = (intent: string) => isSearch(intent) && intent !== "free-places" && intent !== "watch";
  return one === other || (plain(one) && plain(other));
}
