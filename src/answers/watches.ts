import type { Button, OfferPage, Reply, WatchFinding } from "../core/answer.ts";
import type { Asker } from "../core/articles.ts";
import type { Manner } from "../core/composer.ts";
import type { Lang } from "../core/languages.ts";
import type { FoundOffer } from "../core/offer.ts";
import type { Watch, WatchWish } from "../core/watches.ts";
import { words } from "../words/words.ts";
import { formatDay } from "./format-moment.ts";

/** What the composer lends: how it words offers, and what needs are called. */
export interface WatchWording {
  readonly needLabel: (id: string, lang: Lang) => string | undefined;
  readonly cardsOf: (found: readonly FoundOffer[], manner: Manner) => Pick<Reply, "cards" | "closing">;
  readonly offersReply: (page: OfferPage, manner: Manner, lead: readonly string[]) => Reply;
}

/** A wish in a few words: what, where, from when. */
function topicOf(wish: WatchWish, lang: Lang, needLabel: WatchWording["needLabel"]): string {
  const own = words[lang];
  const labels = wish.needs.flatMap((id) => needLabel(id, lang) ?? []);
  return [
    ...labels,
    wish.district,
    wish.from === undefined ? undefined : own.watches.from(formatDay(wish.from, lang)),
    wish.costFree === true ? own.free : undefined,
    wish.wheelchair === true ? own.wheelchair : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}

function lines(lang: Lang, lead: readonly string[], buttons: readonly Button[] = []): Reply {
  return { lang, lead, cards: [], closing: [], buttons };
}

/** Words what is said about watches. */
export function composeWatch(finding: WatchFinding, manner: Manner, { needLabel, cardsOf, offersReply }: WatchWording): Reply {
  const { lang } = manner;
  const own = words[lang].watches;
  const until = (watch: Watch) => formatDay(watch.until, lang);
  const stop = (watch: Watch): Button => ({ label: own.stop, value: `unwatch:${watch.id}` });

  /** Watches first, then the questions whose answer somebody waits for, numbered on. */
  function list(watches: readonly Watch[], askers: readonly Asker[], before: readonly string[]): Reply {
    const count = watches.length + askers.length;
    if (count === 0) return lines(lang, [...before, own.none]);
    const entries = [
      ...watches.map((watch, index) => own.entry(index + 1, topicOf(watch.wish, lang, needLabel), until(watch))),
      ...askers.map((asker, index) =>
        words[lang].askers.entry(watches.length + index + 1, formatDay(asker.since, lang), formatDay(asker.until, lang)),
      ),
    ];
    const each = [...watches.map(({ id }) => `unwatch:${id}`), ...askers.map(({ id }) => `untell:${id}`)].map((value, index) => ({
      ...{ label: own.stopOne(index + 1), value },
    }));
    const all = count > 1 ? [{ label: own.stopAll, value: "unwatch-all" }] : [];
    return lines(lang, [...before, [own.list, ...entries].join("\n")], [...each, ...all]);
  }

  function news({ watch, found, as, more }: Extract<WatchFinding, { about: "news" }>): Reply {
    if (as === "hidden") return lines(lang, [own.news], [{ label: own.show, value: `news:${watch.id}` }, stop(watch)]);
    if (found.length === 0) return lines(lang, [own.nothingYet], [stop(watch)]);
    const places = found.some(({ offer }) => offer.capacity !== undefined);
    const [first] = found;
    const who = found.length === 1 ? first?.offer.organization : undefined;
    const { cards, closing } = cardsOf(found, manner);
    return {
      lang,
      lead: [`${places ? own.newPlaces : own.newOffers}\n${topicOf(watch.wish, lang, needLabel)}`],
      cards,
      closing: [...closing, ...(more > 0 ? [own.more(more)] : []), own.noReservation(who)],
      buttons: [...(more > 0 ? [{ label: own.show, value: `news:${watch.id}` }] : []), stop(watch)],
    };
  }

  switch (finding.about) {
    case "what":
      return lines(lang, [own.what]);
    case "ask": {
      const question = [own.ask(topicOf(finding.wish, lang, needLabel)), finding.pushes ? own.stores : own.storesForCode].join("\n");
      const buttons = [
        { label: own.yes, value: `watch-yes:${finding.key}` },
        { label: own.no, value: "watch-no" },
      ];
      if (finding.found.length === 0) return lines(lang, [question], buttons);
      return { ...offersReply(finding, manner, [question]), buttons };
    }
    case "opened": {
      const { watch, organization } = finding;
      const kept = watch.code === undefined ? own.opened(until(watch)) : own.openedWithCode(until(watch));
      const code = watch.code === undefined ? [] : [own.code(watch.code), own.codeUse];
      return lines(lang, [kept, ...code, own.noReservation(organization)], [stop(watch)]);
    }
    case "already":
      return lines(lang, [own.already(until(finding.watch))], [stop(finding.watch)]);
    case "declined":
      return lines(lang, [own.declined]);
    case "unknown-code":
      return lines(lang, [own.unknownCode]);
    case "too-many-codes":
      return lines(lang, [own.tooManyCodes]);
    case "list":
      return list(finding.watches, finding.askers ?? [], []);
    case "stopped":
      return finding.left.length + (finding.askers?.length ?? 0) === 0
        ? lines(lang, [finding.ended === 0 ? own.none : own.stopped(finding.ended)])
        : list(finding.left, finding.askers ?? [], [own.stopped(finding.ended)]);
    case "news":
      return news(finding);
    default:
      return finding satisfies never;
  }
}
