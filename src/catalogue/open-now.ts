import type { OpeningHours } from "../core/hours.ts";
import type { FoundOffer } from "../core/offer.ts";
import type { Filtered } from "./filter.ts";
import type { LoadHours } from "./hours/load-hours.ts";

/** Offers whose hours are looked at, best first; nobody turns more pages. */
const mostLookedAt = 60;
/** One that fits so much better than all others is what was meant, even if it is closed. */
const isMeant = 1.25;

/** Reads the hours of what was found: of the place that is shown, else of the offer; undefined where none are known or can be read. */
export async function readHours(
  found: readonly FoundOffer[],
  now: Date,
  loadHours: LoadHours | undefined,
): Promise<readonly (OpeningHours | undefined)[]> {
  const texts = found.map(({ offer, place }) => place?.location?.openingHours ?? offer.openingHours);
  if (loadHours === undefined || texts.every((text) => text === undefined)) return texts.map(() => undefined);
  const reader = await loadHours();
  return texts.map((text) => (text === undefined ? undefined : reader.read(text, now)));
}

/** Leaves out what is known to be closed, but for the one that was clearly meant; if all is closed, all stays and that is said. */
export async function filterOpenNow(candidates: readonly FoundOffer[], now: Date, loadHours: LoadHours | undefined): Promise<Filtered> {
  const looked = candidates.slice(0, mostLookedAt);
  const hours = await readHours(looked, now, loadHours);
  const isClosed = (index: number) => hours[index]?.state.kind === "closed";
  const kept = looked.filter((_, index) => !isClosed(index));
  if (kept.length === 0) return { kept: candidates, widened: candidates.length === 0 ? [] : [{ kind: "openNow" }] };
  const [best] = looked;
  const next = Math.max(...kept.map(({ score }) => score));
  return { kept: best !== undefined && isClosed(0) && best.score > isMeant * next ? [best, ...kept] : kept, widened: [] };
}
