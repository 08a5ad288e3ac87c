import type { DemandCell } from "../../core/demand.ts";
import type { Offer } from "../../core/offer.ts";
import type { FreePlaces, PlacesSaved, ProviderOffers } from "../../core/provider.ts";
import { type Database, guarded } from "../../database/database.ts";
import { berlinDay } from "../../text/berlin-time.ts";
import type { LiveCatalogue } from "../live-catalogue.ts";
import { changeByProvider } from "../offer-editing.ts";
import { saveOverride } from "../overrides.ts";
import { isCheckDue, isCountDue } from "./due.ts";
import { countOf } from "./places.ts";
import { readProposals, saveProposals } from "./proposal-store.ts";
import { compareTexts, readTexts } from "./proposed-texts.ts";
import { districtsOf, findSimilar } from "./similar.ts";

export interface ProviderParts {
  readonly db: Database;
  readonly catalogue: Pick<LiveCatalogue, "offers" | "content" | "refresh">;
  readonly readDemand: (mostWeeks: number) => Promise<readonly DemandCell[]>;
  /** Called after each change is committed; resolves when this process shows it. */
  readonly onChange: () => Promise<unknown>;
  readonly now: () => Date;
}

const unmetWeeks = 8;
const unmetOutcomes: ReadonlySet<DemandCell["outcome"]> = new Set(["missing", "full"]);

/** What organisations do with their offers in a live catalogue. */
export function createProviderOffers({ db, catalogue, readDemand, onChange, now }: ProviderParts): ProviderOffers {
  /** The offers of an organisation as the database has them now: another process may have changed them a moment ago. */
  async function ownOffers(organization: string): Promise<readonly Offer[]> {
    await catalogue.refresh();
    return catalogue.offers().filter((offer) => offer.organization === organization);
  }

  async function findOwn(organization: string, offerId: string): Promise<Offer | undefined> {
    return (await ownOffers(organization)).find(({ id }) => id === offerId);
  }

  async function savePlaces(offer: Offer, places: FreePlaces): Promise<PlacesSaved> {
    const counted = countOf(offer.capacity, places, now());
    if ("kind" in counted) return counted;
    await guarded("Storing free places", () =>
      saveOverride(db, { offerId: offer.id, field: "capacity", layer: "provider", value: counted.count }),
    );
    await onChange();
    return { kind: "saved" };
  }

  return {
    own: async (organization) => {
      const at = now();
      const offers = await ownOffers(organization);
      const proposals = Map.groupBy(await readProposals(db, organization), ({ offerId }) => offerId);
      return offers.map((offer) => ({
        offer,
        checkDue: isCheckDue(offer, at),
        countDue: isCountDue(offer, at),
        proposals: proposals.get(offer.id) ?? [],
      }));
    },
    setPlaces: async (organization, places) => {
      const offer = await findOwn(organization, places.offerId);
      if (offer === undefined) return { kind: "unknown" };
      if ((offer.capacity?.asOf ?? "") !== places.seen) return { kind: "newer" };
      return await savePlaces(offer, places);
    },
    confirm: async (organization, offerIds) => {
      const own = (await ownOffers(organization)).filter(({ id }) => offerIds.includes(id));
      const value = berlinDay(now());
      for (const { id } of own)
        await guarded("Confirming an offer", () => changeByProvider(db, { organization, offerId: id, field: "checkedAt", value }));
      if (own.length > 0) await onChange();
      return own.length;
    },
    propose: async (organization, offerId, given) => {
      const offer = await findOwn(organization, offerId);
      if (offer === undefined) return { kind: "unknown" };
      const { texts, faults } = readTexts(given);
      if (Object.keys(faults).length > 0) return { kind: "refused", faults };
      const compared = compareTexts(offer, texts);
      await saveProposals(db, offer, compared);
      return { kind: "proposed", count: compared.changed.length };
    },
    similar: async (organization) => {
      const own = await ownOffers(organization);
      return findSimilar(own, catalogue.offers(), catalogue.content().districts);
    },
    unmet: async (organization) => {
      const own = await ownOffers(organization);
      const needs = new Set(own.flatMap((offer) => offer.needs));
      const districts = new Set(own.flatMap(districtsOf));
      return (await readDemand(unmetWeeks)).filter(
        ({ need, area, district, outcome }) =>
          needs.has(need) && unmetOutcomes.has(outcome) && (area !== "district" || districts.size === 0 || districts.has(district)),
      );
    },
    organizations: async () => {
      await catalogue.refresh();
      return new Set(catalogue.offers().map(({ organization }) => organization));
    },
  };
}
