import type { Button, Finding, OfferCard, Reply } from "../core/answer.ts";
import type { Article, AskerFinding } from "../core/articles.ts";
import type { Manner } from "../core/composer.ts";
import { localizeTitle } from "../core/languages.ts";
import type { FoundOffer } from "../core/offer.ts";
import { offerRef } from "../core/offer-ref.ts";
import { words } from "../words/words.ts";
import { ratingButtons } from "./feedback.ts";
import { formatDay } from "./format-moment.ts";

/** An article as a citizen sees it: title, text, link, source and date; in German where it is not written in their language. */
function articleCard({ id, title, text, source, writtenAt }: Article, { lang }: Manner): OfferCard {
  const [shownTitle, shownText] = [localizeTitle(title, lang), localizeTitle(text, lang)];
  return {
    id: `article-${id}`,
    title: shownTitle.text,
    ...(shownTitle.lang === lang ? {} : { titleLang: shownTitle.lang }),
    ...(shownText.lang === lang ? {} : { lang: shownText.lang }),
    lines: shownText.text.split("\n").filter((line) => line !== ""),
    url: source.url,
    source: words[lang].source(source.name, formatDay(writtenAt, lang)),
  };
}

/** Words an article: as an answer, as the answer that somebody waited for, or in place of a wrong one. Only an answer can be rated. */
export function composeArticle({ article, occasion }: Extract<Finding, { kind: "article" }>, manner: Manner): Reply {
  const { lang } = manner;
  const own = words[lang];
  const card = articleCard(article, manner);
  const lead = { asked: [], told: [own.askers.told], corrected: [own.askers.corrected] }[occasion];
  const closing = card.lang === undefined ? [] : [own.textInLanguage(own.languageNames[card.lang])];
  return { lang, lead, cards: [card], closing, buttons: occasion === "asked" ? ratingButtons(manner) : [] };
}

/** Shows offers as cards. */
type CardsOf = (found: readonly FoundOffer[], manner: Manner) => Pick<Reply, "cards" | "closing">;

/** Words what is said about the wish to be told. */
export function composeAsker(finding: AskerFinding, manner: Manner, cardsOf: CardsOf): Reply {
  const { lang } = manner;
  const own = words[lang];
  const say = (lead: readonly string[], buttons: readonly Button[] = []): Reply => ({ lang, lead, cards: [], closing: [], buttons });
  switch (finding.about) {
    case "opened": {
      const { asker } = finding;
      const until = formatDay(asker.until, lang);
      const code = asker.code === undefined ? [] : [own.watches.code(asker.code), own.watches.codeUse];
      const kept = asker.code === undefined ? own.watches.opened(until) : own.watches.openedWithCode(until);
      return say([kept, ...code], [{ label: own.watches.stop, value: `untell:${asker.id}` }]);
    }
    case "already":
      return say([own.askers.already]);
    case "declined":
      return say([own.watches.declined]);
    case "nothing-yet":
      return say([own.askers.nothingYet]);
    case "hidden":
      return say(
        [finding.corrected ? own.askers.correctedNews : own.askers.news],
        [{ label: own.watches.show, value: `${finding.corrected ? "corrected" : "article"}:${finding.article}` }],
      );
    case "hidden-offer":
      return say([own.askers.news], [{ label: own.watches.show, value: `answer-offer:${offerRef(finding.offer)}` }]);
    case "offer":
      return { lang, lead: [own.askers.told], ...cardsOf(finding.found, manner), buttons: [] };
    default:
      return finding satisfies never;
  }
}
