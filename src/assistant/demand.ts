import type { AnswerSummary } from "../core/answer.ts";
import type { Outcome, Wish } from "../core/demand.ts";
import type { FoundOffer, Offer } from "../core/offer.ts";

/** Kinds of answers that somebody gets who looked for something. */
const searched: ReadonlySet<AnswerSummary["kind"]> = new Set(["offers", "capacity", "confirmation", "no-answer"]);

/** What belongs to no district is for all of them. */
function isFor(offer: Offer, district: string | undefined): boolean {
  const districts = [offer.district, ...(offer.locations ?? []).map((location) => location.district)].filter((each) => each !== undefined);
  return district === undefined || districts.length === 0 || districts.includes(district);
}

/** Whether an offer has room, as far as anybody knows now; counts that are too old say nothing. */
function hasRoom({ offer, outdated, appointments }: FoundOffer): boolean | undefined {
  if (appointments !== undefined && appointments.kind !== "unavailable") return appointments.kind === "free";
  return offer.capacity === undefined || outdated === true ? undefined : offer.capacity.available > 0;
}

function outcomeOf(found: readonly FoundOffer[], district: string | undefined): Outcome {
  const rooms = found.filter(({ offer }) => isFor(offer, district)).map(hasRoom);
  if (rooms.length === 0) return "missing";
  if (rooms.includes(true)) return "free";
  return rooms.includes(undefined) ? "unknown" : "full";
}

/** What an answer counts as in the demand; undefined where nothing was looked for. Of personal topics no place is kept. */
export function wishOf(summary: AnswerSummary, found: readonly FoundOffer[], personal: boolean): Wish | undefined {
  const [need] = summary.needs;
  if (need === undefined || !searched.has(summary.kind)) return undefined;
  const { district } = summary.slots;
  return { need, district: personal ? undefined : district, outcome: outcomeOf(found, district) };
}
