import { Hono } from "hono";
import type { Logger } from "pino";
import { countDemand, readDemand } from "./assistant/demand-store.ts";
import type { LiveCatalogue } from "./catalogue/live-catalogue.ts";
import { createProviderOffers } from "./catalogue/providers/own-offers.ts";
import { countedUnits } from "./catalogue/providers/units.ts";
import type { Database } from "./database/database.ts";
import { createOpenData } from "./pages/open-data.ts";
import { createOrganizationLetters, dropOldLetters } from "./people/letters.ts";
import { createProviderAccess } from "./people/provider-access.ts";
import { createProviderPages } from "./review/provider-pages.tsx";

interface OrganizationParts {
  readonly db: Database;
  readonly catalogue: LiveCatalogue;
  readonly publicUrl: string;
  /** Called after each change of an offer; resolves when this process shows it. */
  readonly onChange: () => Promise<unknown>;
  readonly now: () => Date;
  readonly log: Logger;
}

/** The pages of organisations and what everybody may read of the demand, and the work of each hour: old letters go. */
export function openOrganizations({ db, catalogue, publicUrl, onChange, now, log }: OrganizationParts) {
  async function keepUp(): Promise<false> {
    await dropOldLetters(db, now());
    return false;
  }
  async function currentDemand(mostWeeks?: number) {
    await countDemand(db, now());
    return await readDemand(db, mostWeeks);
  }
  const pages = createProviderPages({
    access: createProviderAccess(db, now),
    offers: createProviderOffers({ db, catalogue, readDemand: currentDemand, onChange, now }),
    letters: createOrganizationLetters(db, now),
    units: countedUnits,
    needLabel: (need, lang) => catalogue.current().findNeed(need)?.label[lang],
    publicUrl,
    log,
  });
  const openData = createOpenData({ readDemand: () => currentDemand(), publicUrl });
  return { routes: new Hono().route("/", pages).route("/", openData), keepUp };
}
