import type { Button, ParticipationFinding, Reply } from "../core/answer.ts";
import type { Manner } from "../core/composer.ts";
import { type Lang, localizeTitle } from "../core/languages.ts";
import { offerRef } from "../core/offer-ref.ts";
import { longestContribution, mostContributionsADay } from "../core/participation.ts";
import { words } from "../words/words.ts";
import { formatDay } from "./format-moment.ts";
import { measureButtons } from "./part-buttons.ts";

function lines(lang: Lang, lead: readonly string[], buttons: readonly Button[] = [], closing: readonly string[] = []): Reply {
  return { lang, lead, cards: [], closing, buttons };
}

type Standing = Extract<ParticipationFinding, { about: "standing" }>["standing"];

function standingReply({ code, title, url, state, reason }: Standing, lang: Lang): Reply {
  const own = words[lang].participation;
  const withdraw: Button = { label: own.withdraw, value: `withdraw:${code}` };
  switch (state) {
    case "withdrawn":
      return lines(lang, [own.withdrawn]);
    case "waiting":
    case "approved":
      return lines(lang, [own[state](title)], [withdraw], [own.platform(url)]);
    case "rejected":
      return lines(lang, [own.rejected(title), ...(reason === undefined ? [] : [own.reason(reason)])], [withdraw], [own.platform(url)]);
    default:
      return state satisfies never;
  }
}

function confirmReply({ contribution, key }: Extract<ParticipationFinding, { about: "confirm" }>, lang: Lang): Reply {
  const own = words[lang].participation;
  const { offer, text, district, until } = contribution;
  return lines(
    lang,
    [
      own.confirm(localizeTitle(offer.title, lang).text),
      text,
      [...(district === undefined ? [] : [own.district(district)]), own.stores(formatDay(until, lang))].join("\n"),
    ],
    [
      { label: own.yes, value: `write-yes:${key}` },
      { label: own.no, value: "write-no" },
    ],
    [own.platform(offer.url)],
  );
}

/** Words what is said about contributions and votes. What people wrote stands in a part of its own and stays text. */
export function composeParticipation(finding: ParticipationFinding, { lang }: Manner): Reply {
  const own = words[lang].participation;
  switch (finding.about) {
    case "ask-text": {
      const { title, url } = finding.offer;
      return lines(
        lang,
        [own.askText(localizeTitle(title, lang).text), own.cancel],
        [{ label: own.no, value: "write-no" }],
        [own.platform(url)],
      );
    }
    case "too-long":
      return lines(lang, [own.tooLong(longestContribution), own.cancel], [{ label: own.no, value: "write-no" }]);
    case "confirm":
      return confirmReply(finding, lang);
    case "submitted": {
      const { code, offer } = finding.contribution;
      const withdraw = { label: own.withdraw, value: `withdraw:${code}` };
      return lines(lang, [own.submitted, own.receipt(code)], [withdraw], [own.platform(offer.url)]);
    }
    case "too-many":
      return lines(lang, [own.tooMany(mostContributionsADay)]);
    case "declined":
      return lines(lang, [own.declined]);
    case "unknown-receipt":
      return lines(lang, [own.unknownReceipt]);
    case "too-many-codes":
      return lines(lang, [words[lang].watches.tooManyCodes]);
    case "withdrawn":
      return lines(lang, [own.withdrawn]);
    case "closed":
      return lines(lang, [own.closed(localizeTitle(finding.offer.title, lang).text)], [], [own.platform(finding.offer.url)]);
    case "standing":
      return standingReply(finding.standing, lang);
    case "voted": {
      const { offer, vote } = finding;
      const title = localizeTitle(offer.title, lang).text;
      if (vote === undefined) return lines(lang, [own.unvoted], measureButtons(offer, lang), [own.platform(offer.url)]);
      const said = vote === "important" ? own.votedImportant(title) : own.votedUnimportant(title);
      const others = measureButtons(offer, lang).filter(({ value }) => !value.startsWith(vote === "important" ? "pro:" : "contra:"));
      const unvote = { label: own.unvote, value: `unvote:${offerRef(offer.id)}` };
      return lines(lang, [said, own.voteStores], [...others, unvote], [own.platform(offer.url)]);
    }
    default:
      return finding satisfies never;
  }
}
