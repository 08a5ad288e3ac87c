import type { OfferQuery, Widened } from "../core/catalogue.ts";
import type { District, FoundOffer, Offer, OfferKind } from "../core/offer.ts";
import { inPlace, isCityWide, type Nearness, nearnessOf } from "./places.ts";
import { comingDates, isWithin, standingOf } from "./standing.ts";

/** What is left of candidates, best first, and what had to be given up. */
export interface Filtered {
  readonly kept: readonly FoundOffer[];
  readonly widened: readonly Widened[];
}

interface Wish {
  readonly wanted: boolean;
  readonly fits: (offer: Offer) => boolean;
  readonly widened: Widened;
}

/** Keeps the offers that fulfil a wish; if none does, keeps all and says so. */
export function filterByWish(candidates: readonly FoundOffer[], { wanted, fits, widened }: Wish): Filtered {
  if (!wanted || candidates.length === 0) return { kept: candidates, widened: [] };
  const kept = candidates.filter(({ offer }) => fits(offer));
  return kept.length === 0 ? { kept: candidates, widened: [widened] } : { kept, widened: [] };
}

/** Offers whose score is within these shares of the best one's fit equally well; what else is known of them decides among them. */
const equalFit = [0.75, 0.5];
/** Where one can have a say at all is asked in general words, which speak for one project more than for another by chance. */
const equalFitOfProjects = [0.4];

/** Orders offers that fit equally well; the lowest number comes first, and equal ones stay as they are. */
function sortWithinFit(candidates: readonly FoundOffer[], placeOf: (offer: Offer) => number, shares = equalFit): readonly FoundOffer[] {
  const best = Math.max(0, ...candidates.map(({ score }) => score));
  const fitOf = ({ score }: FoundOffer) => shares.filter((share) => score < share * best).length;
  const placed = candidates.map((each) => ({ each, fit: fitOf(each), place: placeOf(each.offer) }));
  // Two places may both be infinite, whose difference is no number.
  return placed.sort((a, b) => a.fit - b.fit || (a.place === b.place ? 0 : a.place - b.place)).map(({ each }) => each);
}

/** Offers near a point that was shared, the nearest first among those that fit equally, then those for the whole city. */
function preferNear(candidates: readonly FoundOffer[], near: Nearness): Filtered {
  const reachable = candidates.filter(({ offer }) => near.isNear(offer));
  const cityWide = candidates.filter(({ offer }) => isCityWide(offer) && !near.isNear(offer));
  if (reachable.length === 0) {
    const kept = sortWithinFit(candidates, (offer) => near.kmTo(offer) ?? Number.POSITIVE_INFINITY);
    return { kept, widened: [] };
  }
  return { kept: [...sortWithinFit(reachable, (offer) => near.kmTo(offer) ?? 0), ...cityWide], widened: [] };
}

/** A place keeps its own offers, first, and those for the whole city; without any of its own that is disclosed, and those of places next to it come before others. */
export function preferPlace(candidates: readonly FoundOffer[], { slots, origin }: OfferQuery, districts: readonly District[]): Filtered {
  if (candidates.length === 0) return { kept: candidates, widened: [] };
  const near = nearnessOf(slots, origin, districts);
  if (origin !== undefined && near !== undefined) return preferNear(candidates, near);
  const place = slots.quarter ?? slots.district ?? slots.postcode;
  if (place === undefined) return { kept: candidates, widened: [] };
  const own = candidates.filter(({ offer }) => inPlace(offer, slots));
  if (own.length > 0) {
    const cityWide = candidates.filter(({ offer }) => isCityWide(offer) && !inPlace(offer, slots));
    return { kept: [...own, ...cityWide], widened: [] };
  }
  const isNear = ({ offer }: FoundOffer) => !isCityWide(offer) && near?.isNear(offer) === true;
  if (!candidates.some(isNear)) return { kept: candidates, widened: [{ kind: "place", place }] };
  const bound = sortWithinFit(
    candidates.filter(({ offer }) => !isCityWide(offer)),
    (offer) => near?.kmTo(offer) ?? Number.POSITIVE_INFINITY,
  );
  return { kept: mergeBound(candidates, bound), widened: [{ kind: "place", place, nearby: true }] };
}

/** Puts the offers that are bound to places into the places that such offers had among all. */
function mergeBound(candidates: readonly FoundOffer[], bound: readonly FoundOffer[]): readonly FoundOffer[] {
  const waiting = [...bound];
  return candidates.map((each) => (isCityWide(each.offer) ? each : (waiting.shift() ?? each)));
}

const datedKinds: ReadonlySet<OfferKind> = new Set(["event", "course", "lab"]);

/** Where days are named for something that takes place: what takes place then, the sooner first, before what has no dates; if nothing does, all of it, and that is said. */
export function filterByDays(candidates: readonly FoundOffer[], { from, to = from }: OfferQuery["slots"], now: Date): Filtered {
  const [best] = candidates;
  if (from === undefined || to === undefined || best === undefined) return { kept: candidates, widened: [] };
  const fitting = (offer: Offer) => comingDates(offer, now).filter((date) => isWithin(date, from, to));
  const then = candidates.filter(({ offer }) => fitting(offer).length > 0);
  if (then.length === 0) return { kept: candidates, widened: datedKinds.has(best.offer.kind) ? [{ kind: "days" }] : [] };
  const undated = candidates.filter(({ offer }) => offer.dates === undefined);
  const startOf = (offer: Offer) => Date.parse(fitting(offer)[0]?.start ?? "");
  return { kept: [...sortWithinFit(then, startOf), ...undated], widened: [] };
}

/** Measures of the field and in the state that were asked for, and what is no measure behind them. */
export function filterByMeasure(candidates: readonly FoundOffer[], { wishes }: OfferQuery): Filtered {
  const { field, status } = wishes ?? {};
  const asked = field !== undefined || status !== undefined;
  if (!asked || !candidates.some(({ offer }) => offer.kind === "measure")) return { kept: candidates, widened: [] };
  const fits = ({ measure }: Offer) =>
    measure !== undefined && (field === undefined || measure.field === field) && (status === undefined || measure.status === status);
  const own = candidates.filter(({ offer }) => fits(offer));
  if (own.length === 0) return { kept: candidates, widened: [{ kind: "measure" }] };
  return { kept: [...own, ...candidates.filter(({ offer }) => offer.kind !== "measure")], widened: [] };
}

const participationNeed = "beteiligung";
const standingOrder = { open: 0, announced: 2, evaluation: 3, over: 4 } as const;
const unknownStanding = 1;

/** What one can take part in comes first where that is asked for, what is announced after it; what is over comes last anywhere. */
export function orderByStanding(candidates: readonly FoundOffer[], { needs }: OfferQuery, now: Date): readonly FoundOffer[] {
  const standings = new Map(candidates.map(({ offer }) => [offer.id, standingOf(offer, now)]));
  const isOver = ({ offer }: FoundOffer) => standings.get(offer.id) === "over";
  const alive = candidates.filter((each) => !isOver(each));
  const ordered =
    needs[0]?.id === participationNeed
      ? sortWithinFit(
          alive,
          ({ id }) => {
            const standing = standings.get(id);
            return standing === undefined ? unknownStanding : standingOrder[standing];
          },
          equalFitOfProjects,
        )
      : alive;
  return [...ordered, ...candidates.filter(isOver)];
}
