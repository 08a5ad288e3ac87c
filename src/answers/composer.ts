import type { Button, Finding, OfferPage, Reply } from "../core/answer.ts";
import type { Widened } from "../core/catalogue.ts";
import type { Composer, Manner } from "../core/composer.ts";
import type { Lang } from "../core/languages.ts";
import type { FoundOffer } from "../core/offer.ts";
import { type Words, words } from "../words/words.ts";
import { renderOfferCard } from "./offer-card.ts";

/** The label of a need in a language; undefined for an id that is gone. */
export type NeedLabel = (id: string, lang: Lang) => string | undefined;

function widenedLine(widened: Widened, own: Words): string {
  switch (widened.kind) {
    case "place":
      return own.widened(widened.place);
    case "costFree":
      return own.widenedCost;
    case "wheelchair":
      return own.widenedWheelchair;
    default:
      return widened satisfies never;
  }
}

function ratingButtons(own: Words): readonly Button[] {
  return [
    { label: own.helpful, value: "right" },
    { label: own.notHelpful, value: "wrong" },
  ];
}

/** The composer without a language model: fixed sentences around the offers' own texts. */
export function createComposer(needLabel: NeedLabel): Composer {
  function needLine(needs: readonly string[], { lang }: Manner): string[] {
    const [first, second] = needs.flatMap((id) => needLabel(id, lang) ?? []);
    if (first === undefined) return [];
    return [second === undefined ? words[lang].foundFor(first) : words[lang].foundForTwo(first, second)];
  }

  function cardsOf(found: readonly FoundOffer[], manner: Manner): Pick<Reply, "cards" | "closing"> {
    const cards = found.map(({ offer }) => renderOfferCard(offer, manner));
    const other = cards.find((card) => card.lang !== undefined)?.lang;
    const own = words[manner.lang];
    return { cards, closing: other === undefined ? [] : [own.textInLanguage(own.languageNames[other])] };
  }

  function offersReply(page: OfferPage, manner: Manner, lead: readonly string[]): Reply {
    const own = words[manner.lang];
    const more = page.more ? [{ label: own.more, value: "more" }] : [];
    return {
      lang: manner.lang,
      lead: [...lead, ...page.widened.map((each) => widenedLine(each, own))],
      ...cardsOf(page.found, manner),
      buttons: [...more, ...ratingButtons(own)],
    };
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

  function meta(finding: Extract<Finding, { kind: "meta" }>, lang: Lang): Reply {
    const own = words[lang];
    switch (finding.about) {
      case "welcome":
        return sentence(lang, own.welcome);
      case "who-are-you":
        return sentence(lang, own.whoAreYou);
      case "what-can-you-do":
        return sentence(lang, own.whatCanYouDo);
      case "privacy":
        return sentence(lang, own.privacy, [{ label: own.deleteButton, value: "delete" }]);
      case "delete-data":
        return sentence(lang, own.deleteAsk, [{ label: own.deleteButton, value: "delete" }]);
      case "deleted":
        return sentence(lang, own.deleted);
      default:
        return finding.about satisfies never;
    }
  }

  function confirmation(finding: Extract<Finding, { kind: "confirmation" }>, manner: Manner): Reply {
    const own = words[manner.lang];
    switch (finding.about) {
      case "watch":
        return offersReply(finding, manner, [own.watch]);
      case "stop-watch":
        return sentence(manner.lang, own.stopWatch);
      case "rate-right":
        return sentence(manner.lang, own.rateRight);
      case "rate-wrong":
        return sentence(manner.lang, own.rateWrong);
      case "language":
        return sentence(manner.lang, own.languageSet);
      case "simpler":
        return sentence(manner.lang, own.simplerSet);
      default:
        return finding satisfies never;
    }
  }

  function noAnswer(finding: Extract<Finding, { kind: "no-answer" }>, lang: Lang): Reply {
    const own = words[lang];
    if (finding.reason === "no-more") return sentence(lang, own.noMore);
    const label = finding.nearest === undefined ? undefined : needLabel(finding.nearest, lang);
    const lead = [own.notFound, ...(label === undefined ? [] : [own.nearestNeed(label)]), own.call115];
    return { lang, lead, cards: [], closing: [], buttons: needButtons(finding.nearest, lang) };
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
      case "capacity": {
        const known = finding.found.some(({ offer }) => offer.capacity !== undefined);
        return offersReply(finding, manner, [...needLine(finding.needs, manner), ...(known ? [] : [own.capacityUnknown])]);
      }
      case "foreign-language":
        return {
          lang: "de",
          lead: [words.de.foreignLanguage, words.en.foreignLanguage],
          ...cardsOf(finding.found, { lang: "de", simple: true, introduce: false }),
          buttons: [],
        };
      case "smalltalk":
        return sentence(lang, smalltalk(finding, own));
      case "meta":
        return meta(finding, lang);
      case "crisis":
        return crisis(finding, manner);
      case "handover":
        return sentence(lang, own.handover);
      case "question":
        return sentence(lang, own.whichNeed, [
          ...finding.needs.flatMap((need) => needButtons(need, lang)),
          { label: own.human, value: "human" },
        ]);
      case "confirmation":
        return confirmation(finding, manner);
      case "out-of-scope":
        return sentence(lang, own.outOfScope);
      case "unreadable":
        return sentence(lang, { empty: own.empty, "too-long": own.tooLong, attachment: own.attachment }[finding.reason]);
      case "no-answer":
        return noAnswer(finding, lang);
      default:
        return finding satisfies never;
    }
  }

  function introduce(reply: Reply, finding: Finding): Reply {
    const { notice } = words[reply.lang].page;
    if (finding.kind === "meta") return reply;
    return finding.kind === "crisis" ? { ...reply, closing: [...reply.closing, notice] } : { ...reply, lead: [notice, ...reply.lead] };
  }

  return {
    compose: (finding, manner) => {
      const reply = compose(finding, manner);
      return manner.introduce ? introduce(reply, finding) : reply;
    },
  };
}
