import type { Button, Reply, VolunteeringFinding } from "../core/answer.ts";
import type { Manner } from "../core/composer.ts";
import { type Lang, localizeTitle } from "../core/languages.ts";
import { longestContribution } from "../core/participation.ts";
import type { SignUp } from "../core/volunteering.ts";
import { words } from "../words/words.ts";
import { formatDay } from "./format-moment.ts";
import { renderOfferCard } from "./offer-card.ts";
import type { NeedLabel } from "./offer-lines.ts";

function lines(lang: Lang, lead: readonly string[], buttons: readonly Button[] = [], closing: readonly string[] = []): Reply {
  return { lang, lead, cards: [], closing, buttons };
}

/** What somebody who has a place can do with it. */
function placeButtons({ code }: SignUp, lang: Lang): readonly Button[] {
  const own = words[lang].volunteering;
  return [
    { label: own.write, value: `tell:${code}` },
    { label: own.leave, value: `leave:${code}` },
  ];
}

/** Words what is said about volunteers' tasks. */
export function composeVolunteering(finding: VolunteeringFinding, manner: Manner, needLabel: NeedLabel): Reply {
  const { lang } = manner;
  const { volunteering: own, participation } = words[lang];
  const noWriting = { label: own.messageNo, value: "write-no" };
  switch (finding.about) {
    case "joined": {
      const { offer, signUp, again } = finding;
      const title = localizeTitle(offer.title, lang).text;
      const { capacity: _places, ...task } = offer;
      return {
        lang,
        lead: [again ? own.joinedBefore(title) : own.joined(title), own.receipt(signUp.code, formatDay(signUp.until, lang))],
        cards: [renderOfferCard({ offer: task, score: 1 }, manner, { needLabel })],
        closing: [],
        buttons: placeButtons(signUp, lang),
      };
    }
    case "full":
    case "over":
      return lines(lang, [own[finding.about]]);
    case "standing": {
      const { signUp } = finding;
      const lead = [own.joinedBefore(signUp.title), own.receipt(signUp.code, formatDay(signUp.until, lang))];
      return lines(lang, lead, placeButtons(signUp, lang), [participation.platform(signUp.url)]);
    }
    case "ask-message":
      return lines(lang, [own.askMessage(finding.signUp.title), participation.cancel], [noWriting]);
    case "message-too-long":
      return lines(lang, [participation.tooLong(longestContribution), participation.cancel], [noWriting]);
    case "confirm-message": {
      const { text, key, signUp } = finding;
      const yes = { label: own.messageYes, value: `write-yes:${key}` };
      return lines(lang, [own.confirmMessage, text, own.messageStores(formatDay(signUp.until, lang))], [yes, noWriting]);
    }
    case "told":
      return lines(lang, [own.told], placeButtons(finding.signUp, lang));
    case "left":
      return lines(lang, [own.left(finding.signUp.title)]);
    default:
      return finding satisfies never;
  }
}
