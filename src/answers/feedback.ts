import { type Button, type FeedbackFinding, feedbackReasons, type Reply } from "../core/answer.ts";
import type { Manner } from "../core/composer.ts";
import { words } from "../words/words.ts";
import { askWhetherToTell } from "./ask-whether-to-tell.ts";

const buttonOn = (value: string, messageId: number | undefined) => (messageId === undefined ? value : `${value}:${messageId}`);

/** The two thumbs below an answer; they rate it even when they are pressed later. */
export function ratingButtons({ lang, messageId }: Manner): readonly Button[] {
  const own = words[lang];
  return [
    { label: own.helpful, value: buttonOn("right", messageId) },
    { label: own.notHelpful, value: buttonOn("wrong", messageId) },
  ];
}

/** Words what is said about an answer that was called wrong. */
export function composeFeedback(finding: FeedbackFinding, { lang }: Manner): Reply {
  const own = words[lang];
  const say = (lead: readonly string[], buttons: readonly Button[] = []): Reply => ({ lang, lead, cards: [], closing: [], buttons });
  switch (finding.about) {
    case "wrong": {
      const reasons = feedbackReasons.map((id) => ({ label: own.feedback.reasons[id], value: buttonOn(`why:${id}`, finding.rated) }));
      const tell = finding.tells === undefined ? undefined : askWhetherToTell(finding.tells, { lang }, finding.rated);
      const lead = [own.rateWrong, ...(finding.offersHuman ? [own.handover.offer] : []), ...(finding.asksWhy ? [own.feedback.why] : [])];
      const human = finding.offersHuman ? [{ label: own.human, value: "human" }] : [];
      return {
        ...say(lead, [...human, ...(finding.asksWhy ? reasons : []), ...(tell?.buttons ?? [])]),
        closing: tell?.closing ?? [],
      };
    }
    case "reason":
      return say([own.feedback.noted], [{ label: own.feedback.writeMore, value: buttonOn("comment", finding.rated) }]);
    case "ask-comment":
      return say([own.feedback.askComment, own.participation.cancel]);
    case "comment-stored":
      return say([own.feedback.noted]);
    default:
      return finding satisfies never;
  }
}
