import { z } from "zod";
import type { PlacesSaved } from "../../core/provider.ts";
import { readPlaces } from "../forms.ts";
import { act, asking, formOf, may, type Operate } from "./operate.tsx";
import { PlaceList, PlaceListPage, type RefusedPlaces } from "./place-pages.tsx";
import { type PlaceWords, placeWords } from "./place-words.ts";
import type { StaffRoute } from "./routes.ts";
import { goTo, refuse, show, type Visit } from "./visit.tsx";

const Query = z.object({ q: z.string().max(200).catch(""), page: z.coerce.number().int().min(1).max(100_000).catch(1) });

const Saved = z.custom<PlacesSaved>((value) => z.object({ kind: z.string() }).safeParse(value).success);

type NotSaved = Exclude<PlacesSaved, { kind: "saved" | "unknown" }>;

const reasonOf = (texts: PlaceWords, saved: NotSaved) =>
  saved.kind === "too-many" ? texts.faults["too-many"](saved.maximum) : texts.faults[saved.kind];

interface PlaceRouteParts {
  readonly operate: Operate;
  /** Shows the offer's page again, with what could not be taken beside its field. */
  readonly showAgain: (visit: Visit, refused: RefusedPlaces, status: 400 | 409) => Promise<Response>;
}

/** Free places of all offers, and saying those of one. */
export function placeRoutes({ operate, showAgain }: PlaceRouteParts): readonly StaffRoute[] {
  async function list(visit: Visit): Promise<Response> {
    const query = Query.parse(visit.c.req.query());
    const found = PlaceList.parse(await asking(operate)("staff.list-places", query));
    return await show(visit, <PlaceListPage frame={visit.frame} q={query.q} list={found} />);
  }

  async function set(visit: Visit): Promise<Response> {
    const offerId = visit.c.req.param("id") ?? "";
    const typed = await formOf(visit);
    const texts = placeWords[visit.frame.lang];
    const entry = readPlaces(typed);
    if (entry.kind === "invalid") return await refuse(visit, "invalid");
    if (entry.kind === "no-number") return await showAgain(visit, { field: "available", reason: texts.faults.number, typed }, 400);
    const { available = null, seen, unit } = entry;
    const input = { offerId, available, seen, ...(unit === undefined ? {} : { unit }), expected: typed["number"] ?? "" };
    const saved = Saved.parse(await act(operate, visit, "staff.set-places", `offer:${offerId}`, input));
    if (saved.kind === "saved") return goTo(visit, `/console/catalogue/offers/${encodeURIComponent(offerId)}?done=places`);
    if (saved.kind === "unknown") return await refuse(visit, "not-found");
    const field = saved.kind === "unit-missing" ? "unit" : "available";
    return await showAgain(visit, { field, reason: reasonOf(texts, saved), typed }, saved.kind === "newer" ? 409 : 400);
  }

  return [
    ["GET", "/console/catalogue/places", may.read, list],
    ["POST", "/console/catalogue/offers/:id/places", may.write, set],
  ];
}
