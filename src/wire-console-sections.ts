import { countDemand, readDemand } from "./assistant/demand-store.ts";
import { createTurnCounts } from "./assistant/turn-counts.ts";
import type { LiveCatalogue } from "./catalogue/live-catalogue.ts";
import { countedUnits } from "./catalogue/providers/units.ts";
import { renderReply } from "./channels/telegram/render.ts";
import type { ForwardConfig } from "./config.ts";
import { replyText } from "./core/answer.ts";
import type { Composer } from "./core/composer.ts";
import type { Localized } from "./core/languages.ts";
import type { StaffLang } from "./core/people.ts";
import type { Database } from "./database/database.ts";
import { createReadabilityCounts } from "./messages/readability-counts.ts";
import { createWaitCounts } from "./messages/wait-counts.ts";
import { createAccounts } from "./people/accounts.ts";
import { createAudit } from "./people/audit.ts";
import type { ArticleShape } from "./review/console/article-form.ts";
import type { Preview } from "./review/console/article-views.tsx";
import { articlesSection } from "./review/console/articles.tsx";
import { catalogueSection } from "./review/console/catalogue.tsx";
import { inboxSection } from "./review/console/inbox.tsx";
import { numbersSection } from "./review/console/numbers.tsx";
import type { Operate } from "./review/console/operate.tsx";
import { organizationsSection } from "./review/console/organizations.tsx";
import { ratingsSection } from "./review/console/ratings.tsx";
import type { ConsoleSection } from "./review/console/routes.ts";
import { talksSection } from "./review/console/talks.tsx";
import { createHandoverCounts } from "./review/handovers/handover-counts.ts";
import { createDayCounts } from "./review/numbers/day-counts.ts";

export interface SectionWiring {
  readonly db: Database;
  readonly catalogue: Pick<LiveCatalogue, "content" | "current" | "offers">;
  readonly composer: Composer;
  /** Absent where the platform brings no operations: then only numbers are shown. */
  readonly operate: Operate | undefined;
  readonly forward?: ForwardConfig | undefined;
  readonly publicUrl: string;
  readonly now: () => Date;
}

/** Teams shows so many buttons below a message, and the others on a card. */
const teamsButtons = 3;

/** How each channel shows an article to somebody who asked in German. */
function previewArticle(composer: Composer, { title, text, ...rest }: ArticleShape, now: Date): readonly Preview[] {
  if (title["de"] === undefined || text["de"] === undefined) return [];
  const texts = { title: { ...title, de: title["de"] } satisfies Localized, text: { ...text, de: text["de"] } satisfies Localized };
  const article = { ...rest, ...texts, id: 0, version: 1, writtenAt: now.toISOString() };
  const reply = composer.compose({ kind: "article", article, occasion: "asked" }, { lang: "de", simple: false, introduce: false });
  const telegram = renderReply(reply);
  const labels = reply.buttons.map(({ label }) => label);
  return [
    { channel: "Telegram", texts: telegram.parts, buttons: telegram.keyboard?.inline_keyboard.flat().map((button) => button.text) ?? [] },
    { channel: "Web", texts: [replyText(reply)], buttons: labels },
    { channel: "Teams", texts: [replyText(reply)], buttons: labels.slice(0, teamsButtons) },
  ];
}

/** The parts of the console over other rooms, in the order of the menu; `keepCounts` is called each hour, before the rows go that are counted. */
export function openConsoleSections({ db, catalogue, composer, operate, forward, publicUrl, now }: SectionWiring): {
  readonly sections: readonly ConsoleSection[];
  readonly keepCounts: () => Promise<false>;
} {
  const sources = [createTurnCounts(db), createWaitCounts(db), createReadabilityCounts(db), createHandoverCounts(db)];
  const counts = createDayCounts({ db, sources, now });
  const accounts = createAccounts({ db, audit: createAudit(now), now });
  const numbers = numbersSection({
    counts,
    readDemand: async (mostWeeks) => {
      await countDemand(db, now());
      return await readDemand(db, mostWeeks);
    },
    needLabel: (need, lang) => catalogue.current().findNeed(need)?.label[lang],
    districts: () => catalogue.content().districts.map(({ name }) => name),
    now,
  });
  if (operate === undefined) return { sections: [numbers], keepCounts: counts.keep };
  const needs = (lang: StaffLang) =>
    catalogue
      .content()
      .needs.map(({ id, label }) => ({ id, label: label[lang] }))
      .sort((a, b) => a.label.localeCompare(b.label, lang));
  const articles = articlesSection({
    ...{ operate, accounts, needs },
    preview: (article) => previewArticle(composer, article, now()),
    readTitles: (ids, lang) =>
      new Map(catalogue.offers().flatMap(({ id, title }) => (ids.has(id) ? [[id, title[lang] ?? title.de] as const] : []))),
  });
  const inbox = inboxSection({
    ...{ operate, accounts, needs },
    forwarding: { sends: forward?.webhook !== undefined, mailTo: forward?.mailTo },
  });
  const sections = [
    inbox,
    talksSection({ operate, accounts }),
    articles,
    ratingsSection(operate),
    catalogueSection({ operate, accounts, units: countedUnits, needs, now }),
    organizationsSection({ operate, publicUrl }),
    numbers,
  ];
  return { sections, keepCounts: counts.keep };
}
