import type { Catalogue } from "../core/catalogue.ts";
import { findDistrictAt, type Point } from "../text/district-points.ts";
import type { ConversationContext, LastSearch } from "./context.ts";
import { definedSlots, type Response, respondToSearch } from "./respond-to-search.ts";

/** Answers a shared place: the search before it again, in that district; without one it asks what is wanted there. */
export async function respondToPlace(catalogue: Catalogue, place: Point, context: ConversationContext): Promise<Response> {
  const district = findDistrictAt(place);
  if (district === undefined) {
    const { place: _left, origin: _gone, ...elsewhere } = context;
    return { finding: { kind: "out-of-scope" }, intent: "nearest", needs: [], slots: {}, context: elsewhere, gap: "out-of-scope" };
  }
  const { search: before } = context;
  const origin = { lat: place.latitude, lon: place.longitude };
  const placed = { ...context, place: district, origin };
  const { quarter: _quarter, postcode: _postcode, ...wishes } = before?.slots ?? {};
  const slots = { ...definedSlots(wishes), district };
  if (before !== undefined && before.needs.length > 0)
    return await respondToSearch(catalogue, placed, { search: { ...before, slots, origin, shown: 0, page: 0 }, offset: 0 }, "nearest");
  const search: LastSearch = { text: "", needs: [], slots, origin, shown: 0, page: 0, capacity: false };
  return { finding: { kind: "question", needs: [], district }, intent: "nearest", needs: [], slots, context: { ...placed, search } };
}
