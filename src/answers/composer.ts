import { type Button, type Fact, type Finding, type OfferPage, type Reply, replyText, withFirstOffers } from "../core/answer.ts";
import type { Widened } from "../core/catalogue.ts";
import type { Composer, Manner } from "../core/composer.ts";
import type { ServiceHours } from "../core/handover.ts";
import type { Lang } from "../core/languages.ts";
import type { FoundOffer } from "../core/offer.ts";
import { type Words, words } from "../words/words.ts";
import { composeArticle, composeAsker } from "./articles.ts";
import { askWhetherToTell } from "./ask-whether-to-tell.ts";
import { mostCharacters, shorten } from "./brevity.ts";
import { composeFeedback, ratingButtons } from "./feedback.ts";
import { composeHandover } from "./handover.ts";
import { composeMeta, introducesItself } from "./meta.ts";
import { type CardParts, renderOfferCard } from "./offer-card.ts";
import type { NeedLabel } from "./offer-lines.ts";
import { waysToTakePart } from "./part-buttons.ts";
import { composeParticipation } from "./participation.ts";
import { simplerReply } from "./simple.ts";
import { composeVolunteering } from "./volunteering.ts";
import { composeWatch } from "./watches.ts";

function widenedLine(widened: Widened, own: Words): string {
  switch (widened.kind) {
    case "place":
      return widened.nearby === true ? own.timePlace.nearby(widened.place) : own.widened(widened.place);
    case "costFree":
      return own.widenedCost;
    case "wheelchair":
      return own.widenedWheelchair;
    case "days":
      return own.timePlace.noDay;
    case "openNow":
      return own.timePlace.noneOpen;
    case "measure":
      return own.timePlace.noMeasure;
    default:
      return widened satisfies never;
  }
}

/** Back only where a page takes the place of the one before: elsewhere that one is still to be seen. */
function pagingButtons({ more, position }: OfferPage, own: Words, manner: Manner): readonly Button[] {
  const at = (offset: number) => (position === undefined ? "more" : `more:${offset}:${position.search}`);
  const turning = manner.replaces === true ? ({ inPlace: true } as const) : {};
  const back = manner.replaces === true ? position?.previous : undefined;
  return [
    ...(more ? [{ label: own.more, value: at(position?.next ?? 0), ...turning }] : []),
    ...(back === undefined ? [] : [{ label: own.back, value: at(back), ...turning }]),
  ];
}

function placeRequest(own: Words, byButton: boolean): Pick<Reply, "closing" | "buttons"> {
  if (!byButton) return { closing: [own.askPlace], buttons: [] };
  return { closing: [own.askPlace], buttons: [{ label: own.sharePlace, value: "place", shares: "place", says: own.askPlaceByButton }] };
}

/** What a composer may have besides its words. */
export interface ComposerParts extends Pick<CardParts, "calendarUrl"> {
  readonly now?: () => Date;
  /** When people of the city are there; told where it is given. */
  readonly serviceHours?: readonly ServiceHours[] | undefined;
}

/** The composer without a language model: fixed sentences around the offers' own texts. */
export function createComposer(
  needLabel: NeedLabel,
  { calendarUrl, now = () => new Date(), serviceHours = [] }: ComposerParts = {},
): Composer {
  function needLine(needs: readonly string[], { lang }: Manner): string[] {
    const [first, second] = needs.flatMap((id) => needLabel(id, lang) ?? []);
    if (first === undefined) return [];
    return [second === undefined ? words[lang].foundFor(first) : words[lang].foundForTwo(first, second)];
  }

  function cardsOf(found: readonly FoundOffer[], manner: Manner, asked?: Fact): Pick<Reply, "cards" | "closing"> {
    const cards = found.map((each) => renderOfferCard(each, manner, { asked, needLabel, calendarUrl }));
    const own = words[manner.lang];
    const others = [...new Set(cards.flatMap((card) => card.lang ?? []))].map((lang) => own.languageNames[lang]);
    return { cards, closing: others.length === 0 ? [] : [own.textInLanguage(others.join(", "))] };
  }

  function offersReply(page: OfferPage, manner: Manner, lead: readonly string[]): Reply {
    const own = words[manner.lang];
    const { cards, closing } = cardsOf(page.found, manner, page.asked);
    const place = page.asksPlace === true ? placeRequest(own, manner.sharesPlace === true) : undefined;
    const part = waysToTakePart(page.found, manner.lang, now());
    const near = page.near === undefined ? [] : [own.nearDistrict(page.near)];
    return {
      lang: manner.lang,
      lead: [...near, ...lead, ...page.widened.map((each) => widenedLine(each, own))],
      cards,
      closing: [...closing, ...part.closing, ...(place?.closing ?? [])],
      buttons: [...part.buttons, ...pagingButtons(page, own, manner), ...ratingButtons(manner), ...(place?.buttons ?? [])],
    };
  }

  /** Free places: those there are, or that none is known and the way to be told. */
  function capacityReply(page: OfferPage, manner: Manner): Reply {
    const own = words[manner.lang];
    const isFree = ({ offer, outdated, appointments }: FoundOffer) =>
      appointments?.kind === "free" || (outdated !== true && (offer.capacity?.available ?? 0) > 0);
    const counted = page.found.some(({ offer, appointments }) => offer.capacity !== undefined || appointments !== undefined);
    const free = page.found.some(isFree);
    const lead = free ? [] : [counted ? own.noneFree : own.capacityUnknown];
    const reply = offersReply(page, manner, [...needLine(page.needs, manner), ...lead]);
    const missing = !free || page.widened.length > 0;
    return missing ? { ...reply, buttons: [{ label: own.watches.offer, value: "watch" }, ...reply.buttons] } : reply;
  }

  function sentence(lang: Lang, text: string, buttons: readonly Button[] = []): Reply {
    return { lang, lead: [text], cards: [], closing: [], buttons };
  }

  function needButtons(nearest: string | undefined, lang: Lang): readonly Button[] {
    const label = nearest === undefined ? undefined : needLabel(nearest, lang);
    return label === undefined || nearest === undefined ? [] : [{ label, value: `need:${nearest}` }];
  }

  function smalltalk(finding: Extract<Finding, { kind: "smalltalk" }>, own: Words): string {
    return own[finding.about];
  }

  function confirmation(finding: Extract<Finding, { kind: "confirmation" }>, manner: Manner): Reply {
    const own = words[manner.lang];
    switch (finding.about) {
      case "rate-right":
        return sentence(manner.lang, own.rateRight);
      case "language":
        return sentence(manner.lang, own.languageSet);
      case "simpler":
        return sentence(manner.lang, own.simplerSet, [{ label: own.writeAtLength, value: "simple:off" }]);
      case "longer":
        return sentence(manner.lang, own.longerSet, [{ label: own.writeSimply, value: "simple:on" }]);
      default:
        return finding.about satisfies never;
    }
  }

  function noAnswer(finding: Extract<Finding, { kind: "no-answer" }>, manner: Manner): Reply {
    const { lang } = manner;
    const own = words[lang];
    if (finding.reason === "no-more") return sentence(lang, own.noMore);
    if (finding.reason === "outdated-list") return sentence(lang, own.outdatedList);
    const label = finding.nearest === undefined ? undefined : needLabel(finding.nearest, lang);
    const lead = [own.notFound, ...(label === undefined ? [] : [own.nearestNeed(label)]), own.call115];
    const tell = finding.tells === undefined ? undefined : askWhetherToTell(finding.tells, manner, finding.on ?? manner.messageId);
    const buttons = [...(tell?.buttons ?? []), ...needButtons(finding.nearest, lang), ...ratingButtons(manner)];
    return { lang, lead, cards: [], closing: tell?.closing ?? [], buttons };
  }

  function crisis(finding: Extract<Finding, { kind: "crisis" }>, manner: Manner): Reply {
    const own = words[manner.lang];
    const { cards, closing } = cardsOf(finding.found, manner);
    return {
      lang: manner.lang,
      lead: [own.crisis[finding.about], ...(cards.length === 0 ? [] : [own.crisisOffers])],
      cards,
      closing,
      buttons: [],
    };
  }

  function compose(finding: Finding, manner: Manner): Reply {
    const { lang } = manner;
    const own = words[lang];
    switch (finding.kind) {
      case "offers":
        return offersReply(finding, manner, needLine(finding.needs, manner));
      case "capacity":
        return capacityReply(finding, manner);
      case "foreign-language":
        return {
          lang: "de",
          lead: [words.de.foreignLanguage, words.en.foreignLanguage],
          ...cardsOf(finding.found, { lang: "de", simple: true, introduce: false }),
          buttons: finding.found.length === 0 ? [] : ratingButtons({ ...manner, lang: "de" }),
        };
      case "smalltalk":
        return sentence(lang, smalltalk(finding, own));
      case "meta":
        return composeMeta(finding, manner, (id) => needLabel(id, lang));
      case "crisis":
        return crisis(finding, manner);
      case "handover":
        return composeHandover(finding, lang, serviceHours);
      case "feedback":
        return composeFeedback(finding, manner);
      case "question":
        return sentence(lang, finding.district === undefined ? own.whichNeed : `${own.nearDistrict(finding.district)} ${own.whatThere}`, [
          ...finding.needs.flatMap((need) => needButtons(need, lang)),
          ...(manner.messageId === undefined || finding.needs.length === 0
            ? []
            : [{ label: own.askers.none, value: `none:${manner.messageId}` }]),
          { label: own.human, value: "human" },
        ]);
      case "article":
        return composeArticle(finding, manner);
      case "asker":
        return composeAsker(finding, manner, cardsOf);
      case "watch":
        return composeWatch(finding, manner, { needLabel, cardsOf, offersReply });
      case "participation":
        return composeParticipation(finding, manner);
      case "volunteering":
        return composeVolunteering(finding, manner, needLabel);
      case "confirmation":
        return confirmation(finding, manner);
      case "out-of-scope":
        return sentence(lang, own.outOfScope, ratingButtons(manner));
      case "unreadable":
        return sentence(lang, finding.reason === "too-long" ? own.tooLong : own[finding.reason]);
      case "no-answer":
        return noAnswer(finding, manner);
      default:
        return finding satisfies never;
    }
  }

  /** What stands above a first answer or one to changed words, and below the help of a crisis. */
  function preface(finding: Finding, { lang, introduce, edited = false, carrier }: Manner): readonly string[] {
    const own = words[lang];
    return [
      ...(introduce && !introducesItself(finding) ? [own.page.notice] : []),
      ...(carrier === undefined ? [] : [own.carrier(carrier.name, carrier.insteadUrl)]),
      ...(edited ? [own.edited] : []),
    ];
  }

  function prefaced(finding: Finding, manner: Manner): Reply {
    const reply = compose(finding, manner);
    if (reply.silent === true) return reply;
    const said = preface(finding, { ...manner, lang: reply.lang });
    if (finding.kind === "crisis") return { ...reply, closing: [...reply.closing, ...said] };
    if (introducesItself(finding)) return { ...reply, lead: [...reply.lead, ...said] };
    return { ...reply, lead: [...said, ...reply.lead] };
  }

  /** Shows fewer offers where all of them are too much to read. */
  function fitting(finding: Finding, manner: Manner): Reply {
    const reply = shorten(prefaced(finding, manner));
    const tooLong = replyText(reply).length > mostCharacters && reply.cards.length > 1;
    const fewer = tooLong ? withFirstOffers(finding, reply.cards.length - 1) : finding;
    return fewer === finding ? reply : fitting(fewer, manner);
  }

  return {
    compose: (finding, manner) => {
      const reply = fitting(finding, manner);
      return manner.simple ? simplerReply(reply, finding) : reply;
    },
  };
}
