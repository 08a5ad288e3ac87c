import type { Offer } from "../../core/offer.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long a count of free places holds, by need; docs/capacity-and-watches.md gives the reasons. */
const limitOfNeed: ReadonlyMap<string, number> = new Map([
  ...["amt-termin", "anmeldung", "ausweis", "auto", "fuehrerschein", "gewerbe", "urkunde"].map((need) => [need, 15 * minuteMs] as const),
  ...["wohnungslos", "notruf", "bereitschaftsdienst"].map((need) => [need, 12 * hourMs] as const),
  ...["gewalt", "arzttermin", "psychische-krise"].map((need) => [need, dayMs] as const),
  ...["kurzzeitpflege", "pflegeplatz", "pflegedienst", "alltagshilfe", "demenz"].map((need) => [need, 7 * dayMs] as const),
  ...["kita-platz", "tagesmutter", "hebamme", "psychotherapie"].map((need) => [need, 14 * dayMs] as const),
  ["ehrenamt", 30 * dayMs],
]);
/** Seats of courses and events, and whatever is not named above. */
const limitOfSeats = 7 * dayMs;
/** Clocks of reporters may be this far ahead. */
const aheadMs = 5 * minuteMs;

/** Milliseconds for which a count of free places of an offer holds: that of its first need that has one. */
export function freshForMs({ kind, needs }: Pick<Offer, "kind" | "needs">): number {
  if (kind === "course" || kind === "event" || kind === "lab") return limitOfSeats;
  return needs.flatMap((need) => limitOfNeed.get(need) ?? []).at(0) ?? limitOfSeats;
}

/** True if an offer's count of free places can be relied on now; false for one that is too old, from the future, or not there. */
export function isCurrent(offer: Pick<Offer, "kind" | "needs" | "capacity">, now: Date): boolean {
  if (offer.capacity === undefined) return false;
  const ageMs = now.getTime() - Date.parse(offer.capacity.asOf);
  return ageMs <= freshForMs(offer) && ageMs >= -aheadMs;
}
