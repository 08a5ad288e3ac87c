import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Localized } from "../../core/languages.ts";
import type { Accounts, StaffLang } from "../../core/people.ts";
import type { Choice } from "./article-views.tsx";
import { isEditable, valueOfForm } from "./offer-form.ts";
import { OfferList, OfferListPage, OfferPage, type OfferRefusals, ShownOffer } from "./offer-pages.tsx";
import { offerWords } from "./offer-words.ts";
import { act, asking, doneIn, formOf, may, type Operate } from "./operate.tsx";
import { ShownPlaces } from "./place-pages.tsx";
import { placeRoutes } from "./places.tsx";
import type { StaffRoute } from "./routes.ts";
import { goTo, refuse, show, type Visit } from "./visit.tsx";

const Query = z.object({ q: z.string().max(200).catch(""), page: z.coerce.number().int().min(1).max(100_000).catch(1) });

/** The change whose elders are to be shown; all where the address says none. */
const Before = z.coerce.number().int().min(1).max(2_147_483_647).optional().catch(undefined);

interface OfferRouteParts {
  readonly operate: Operate;
  readonly accounts: Pick<Accounts, "list">;
  /** What can be counted. */
  readonly units: readonly Localized[];
  /** All needs by their labels. */
  readonly needs: (lang: StaffLang) => readonly Choice[];
  readonly now: () => Date;
}

const idIn = ({ c }: Visit) => c.req.param("id") ?? "";
const dayIn = (moment: Date) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(moment);

/** Looking for offers, and changing what they say in the layer of staff. */
export function offerRoutes({ operate, accounts, units, needs, now }: OfferRouteParts): readonly StaffRoute[] {
  const ask = asking(operate);
  const read = async (visit: Visit) =>
    ShownOffer.parse(await ask("staff.offer", { offerId: idIn(visit), before: Before.parse(visit.c.req.query("before")) }));

  async function list(visit: Visit): Promise<Response> {
    const query = Query.parse(visit.c.req.query());
    const found = OfferList.parse(await ask("staff.search-offers", query));
    return await show(visit, <OfferListPage frame={visit.frame} q={query.q} list={found} />);
  }

  async function showOffer(visit: Visit, refused: OfferRefusals = {}, status: 200 | 400 | 409 = 200): Promise<Response> {
    const names = new Map((await accounts.list()).map((account) => [String(account.id), account.name]));
    const done = doneIn(visit, offerWords[visit.frame.lang].done);
    const offer = await read(visit);
    const places = ShownPlaces.parse(await ask("staff.places", { offerId: offer.id }));
    return await show(
      visit,
      <OfferPage {...{ frame: visit.frame, offer, places, units, needs: needs(visit.frame.lang), names, done, ...refused }} />,
      status,
    );
  }

  const change = async (visit: Visit, operation: "staff.edit" | "staff.reset", input: object, done: "saved" | "reset") => {
    const offerId = idIn(visit);
    await act(operate, visit, operation, `offer:${offerId}`, { offerId, ...input });
    return goTo(visit, `/console/catalogue/offers/${encodeURIComponent(offerId)}?done=${done}`);
  };

  /** Sets a field; where its value does not fit, the page says so beside it and keeps what was typed. */
  async function edit(visit: Visit): Promise<Response> {
    const form = await formOf(visit);
    const { field = "", number: expected = "" } = form;
    if (!isEditable(field)) return await refuse(visit, "invalid");
    const known = (await read(visit)).fields.find((each) => each.field === field);
    const value = valueOfForm(field, form, known?.value);
    try {
      return await change(visit, "staff.edit", { field, value, expected }, "saved");
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "REQUEST_INVALID") throw error;
      return await showOffer(visit, { refused: { field, reason: error.message, typed: form } }, 400);
    }
  }

  async function reset(visit: Visit): Promise<Response> {
    const { field = "", number: expected = "" } = await formOf(visit);
    return await change(visit, "staff.reset", { field, expected }, "reset");
  }

  const setting = (field: string, choose: () => unknown) => async (visit: Visit) =>
    await change(visit, "staff.edit", { field, value: choose(), expected: (await formOf(visit))["number"] ?? "" }, "saved");

  const one = "/console/catalogue/offers/:id";
  return [
    ["GET", "/console/catalogue/offers", may.read, list],
    ["GET", one, may.read, (visit) => showOffer(visit)],
    ...placeRoutes({ operate, showAgain: (visit, refusedPlaces, status) => showOffer(visit, { refusedPlaces }, status) }),
    ["POST", `${one}/edit`, may.write, edit],
    ["POST", `${one}/reset`, may.write, reset],
    ["POST", `${one}/checked`, may.write, setting("checkedAt", () => dayIn(now()))],
    ["POST", `${one}/remove`, may.write, setting("removed", () => true)],
    [
      "POST",
      `${one}/restore`,
      may.write,
      async (visit) => await change(visit, "staff.reset", { field: "removed", expected: (await formOf(visit))["number"] ?? "" }, "reset"),
    ],
  ];
}
