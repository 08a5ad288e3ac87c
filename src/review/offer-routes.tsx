import type { Hono } from "hono";
import { localize } from "../core/languages.ts";
import type { OwnOffer, PlacesSaved } from "../core/provider.ts";
import { firstValues, readForm, readPlaces } from "./forms.ts";
import { NetworkPage } from "./network-page.tsx";
import type { PlacesFault } from "./offer-card.tsx";
import { OffersPage } from "./offers-page.tsx";
import { TextsPage } from "./texts-page.tsx";
import { type ProviderPagesParts, type Reception, refuse, show, type Visit } from "./visit.tsx";
import { type PageWords, pageWords } from "./words.ts";

function doneText(words: PageWords, { lang }: Visit["frame"], done: string | undefined, offer: OwnOffer | undefined): string | undefined {
  switch (done) {
    case "places":
      return offer === undefined ? undefined : words.savedPlaces(localize(offer.offer.title, lang).text);
    case "confirmed":
      return words.confirmed;
    case "proposed":
      return words.proposed;
    case "same":
      return words.nothingNew;
    default:
      return undefined;
  }
}

function placesFault(words: PageWords, saved: Exclude<PlacesSaved, { kind: "saved" | "unknown" }>): string {
  return saved.kind === "too-many" ? words.errors["too-many"](saved.maximum) : words.errors[saved.kind];
}

/** Own offers, their free places and texts, and what is around them. */
export function addOfferRoutes(app: Hono, { offers, units, needLabel }: ProviderPagesParts, { base, signedIn }: Reception): void {
  async function showOffers(visit: Visit, fault?: PlacesFault, status: 200 | 400 | 409 = 200): Promise<Response> {
    const { c, frame } = visit;
    const own = await offers.own(frame.organization);
    const changed = own.find(({ offer }) => offer.id === c.req.query("offer"));
    const done = doneText(pageWords[frame.lang], frame, c.req.query("done"), changed);
    return await show(visit, <OffersPage {...frame} {...{ own, units, fault, done }} />, status);
  }

  async function findOwn({ c, frame }: Visit): Promise<OwnOffer | undefined> {
    return (await offers.own(frame.organization)).find(({ offer }) => offer.id === c.req.param("id"));
  }

  app.get(
    "/provider",
    signedIn((visit) => showOffers(visit)),
  );

  app.post(
    "/provider/offers/:id/places",
    signedIn(async (visit) => {
      const { c, frame } = visit;
      const words = pageWords[frame.lang];
      const offerId = c.req.param("id") ?? "";
      const entry = readPlaces(firstValues(await readForm(c)));
      if (entry.kind === "invalid") return await refuse(visit, "invalid");
      if ((await findOwn(visit)) === undefined) return await refuse(visit, "not-found");
      if (entry.kind === "no-number") return await showOffers(visit, { offerId, text: words.errors.number, typed: entry.typed }, 400);
      const saved = await offers.setPlaces(frame.organization, { ...entry, offerId });
      if (saved.kind === "saved") return c.redirect(`${base}/provider?done=places&offer=${offerId}#offer-${offerId}`, 303);
      if (saved.kind === "unknown") return await refuse(visit, "not-found");
      const typed = saved.kind === "too-many" ? String(entry.available) : undefined;
      // What somebody else has changed meanwhile is a conflict, not a mistake.
      return await showOffers(visit, { offerId, text: placesFault(words, saved), typed }, saved.kind === "newer" ? 409 : 400);
    }),
  );

  app.post(
    "/provider/offers/:id/confirm",
    signedIn(async (visit) => {
      const { c, frame } = visit;
      const offerId = c.req.param("id") ?? "";
      if ((await offers.confirm(frame.organization, [offerId])) === 0) return await refuse(visit, "not-found");
      return c.redirect(`${base}/provider?done=confirmed#offer-${offerId}`, 303);
    }),
  );

  app.post(
    "/provider/confirm",
    signedIn(async (visit) => {
      const { c, frame } = visit;
      const ids = (await readForm(c))["offer"] ?? [];
      if ((await offers.confirm(frame.organization, ids)) === 0) return await refuse(visit, "not-found");
      return c.redirect(`${base}/provider?done=confirmed`, 303);
    }),
  );

  app.get(
    "/provider/offers/:id",
    signedIn(async (visit) => {
      const own = await findOwn(visit);
      return own === undefined ? await refuse(visit, "not-found") : await show(visit, <TextsPage {...visit.frame} own={own} />);
    }),
  );

  app.post(
    "/provider/offers/:id",
    signedIn(async (visit) => {
      const { c, frame } = visit;
      const own = await findOwn(visit);
      if (own === undefined) return await refuse(visit, "not-found");
      const typed = firstValues(await readForm(c));
      const proposed = await offers.propose(frame.organization, own.offer.id, typed);
      if (proposed.kind === "unknown") return await refuse(visit, "not-found");
      if (proposed.kind === "refused") return await show(visit, <TextsPage {...frame} {...{ own, typed, faults: proposed.faults }} />, 400);
      return c.redirect(`${base}/provider?done=${proposed.count === 0 ? "same" : "proposed"}`, 303);
    }),
  );

  app.get(
    "/provider/network",
    signedIn(async (visit) => {
      const { organization } = visit.frame;
      const [similar, unmet] = await Promise.all([offers.similar(organization), offers.unmet(organization)]);
      return await show(visit, <NetworkPage {...visit.frame} {...{ similar, unmet, needLabel }} />);
    }),
  );
}
