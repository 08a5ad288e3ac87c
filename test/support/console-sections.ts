import { createComposer } from "../../src/answers/composer.ts";
import { openLiveCatalogue, openMemorySearch } from "../../src/catalogue/live-catalogue.ts";
import type { Offer } from "../../src/core/offer.ts";
import type { Database } from "../../src/database/database.ts";
import { createOperations } from "../../src/node-operations.ts";
import { openConsoleSections } from "../../src/wire-console-sections.ts";
import { recogniserOf } from "../assistant/fixtures.ts";
import { openConsoleSite } from "./console.ts";
import { type DatabaseKind, openTestDatabase } from "./databases.ts";
import { loadOrganizations, publicUrl } from "./organizations.ts";

/** The parts of the console as the product has them: all operations, over a small catalogue. */
export async function openSections(db: Database, now: () => Date, offers?: readonly Offer[]) {
  await loadOrganizations(db, offers);
  const catalogue = await openLiveCatalogue(db, openMemorySearch, { now });
  const told = {
    onChange: catalogue.refresh,
    onRetry: () => undefined,
    records: catalogue.records,
    recogniser: async () => recogniserOf({}),
    publicUrl,
  };
  const operate = createOperations(db, told, { fetch: { allowedHosts: [] } });
  const composer = createComposer((id, lang) => catalogue.current().findNeed(id)?.label[lang], {
    calendarUrl: (id) => `${publicUrl}/calendar/${id}`,
    now,
    serviceHours: undefined,
  });
  return { ...openConsoleSections({ db, catalogue, composer, operate, publicUrl, now }), catalogue, operate };
}

/** The whole console on a database of its own. */
export async function openWholeConsole(kind: DatabaseKind) {
  const database = await openTestDatabase(kind);
  const opened = await openSections(database.db, () => new Date());
  const site = await openConsoleSite(database.db, { sections: opened.sections, now: () => new Date() });
  const close = async () => {
    site.close();
    await database.close();
  };
  return { database, site, opened, close };
}

export type WholeConsole = Awaited<ReturnType<typeof openWholeConsole>>;
