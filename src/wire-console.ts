import type { Hono } from "hono";
import type { Logger } from "pino";
import { countDemand, readDemand } from "./assistant/demand-store.ts";
import { createTurnCounts } from "./assistant/turn-counts.ts";
import type { LiveCatalogue } from "./catalogue/live-catalogue.ts";
import { renderReply } from "./channels/telegram/render.ts";
import { replyText } from "./core/answer.ts";
import type { Composer } from "./core/composer.ts";
import type { Localized } from "./core/languages.ts";
import type { Passwords } from "./core/people.ts";
import type { Database } from "./database/database.ts";
import { createReadabilityCounts } from "./messages/readability-counts.ts";
import { createWaitCounts } from "./messages/wait-counts.ts";
import { recordAudit } from "./people/audit.ts";
import { createStaffAccess } from "./people/staff-access.ts";
import type { ArticleShape } from "./review/console/article-form.ts";
import type { Preview } from "./review/console/article-views.tsx";
import { createConsole } from "./review/console/console.tsx";
import type { Operate } from "./review/console/visit.tsx";
import { createHandoverCounts } from "./review/handovers/handover-counts.ts";
import { createDayCounts } from "./review/numbers/day-counts.ts";

interface ConsoleNeeds {
  readonly db: Database;
  readonly catalogue: LiveCatalogue;
  readonly composer: Composer;
  readonly operate: Operate;
  readonly passwords: Passwords | undefined;
  readonly publicUrl: string;
  readonly now: () => Date;
  readonly log: Logger;
}

/** Pages that are open learn of changes at most this often. */
const quietMs = 1000;

/** Those who want to know that something changed; told at most once a second, also of what came meanwhile. */
function createListeners() {
  const listeners = new Set<() => void>();
  let waiting = false;
  return {
    subscribe: (heard: () => void) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    tell: (): void => {
      if (waiting || listeners.size === 0) return;
      waiting = true;
      setTimeout(() => {
        waiting = false;
        for (const heard of listeners) heard();
      }, quietMs).unref();
    },
  };
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

/** The staff console; `changed` is called when something may look different, and `keepCounts` each hour, before the rows go that are counted. */
export function openConsole({ db, catalogue, composer, operate, passwords, publicUrl, now, log }: ConsoleNeeds): {
  readonly routes: Hono;
  readonly changed: () => void;
  readonly keepCounts: () => Promise<false>;
} {
  const listeners = createListeners();
  const sources = [createTurnCounts(db), createWaitCounts(db), createReadabilityCounts(db), createHandoverCounts(db)];
  const counts = createDayCounts({ db, sources, now });
  const routes = createConsole({
    access: createStaffAccess({ db, passwords, now }),
    operate,
    record: (entry) => recordAudit(db, entry, now()),
    publicUrl,
    now,
    numbers: {
      counts,
      readDemand: async (mostWeeks) => {
        await countDemand(db, now());
        return await readDemand(db, mostWeeks);
      },
      needLabel: (need, lang) => catalogue.current().findNeed(need)?.label[lang],
      districts: () => catalogue.content().districts.map(({ name }) => name),
      now,
    },
    articles: {
      needs: (lang) =>
        catalogue
          .content()
          .needs.map(({ id, label }) => ({ id, label: label[lang] ?? label.de }))
          .sort((a, b) => a.label.localeCompare(b.label, lang)),
      preview: (article) => previewArticle(composer, article, now()),
    },
    hasCitySignIn: false,
    subscribe: listeners.subscribe,
    log,
  });
  return { routes, changed: listeners.tell, keepCounts: counts.keep };
}
