import type { Finding, OfferCard, Reply } from "../core/answer.ts";

/**
 * Between two sentences of a line, in all nine languages; a dot behind a day (1. März), one letter (z. B., 2026 г.) or a shortened word ends none, nor does one before a
 * small letter (2026. u 10:00).
 */
const betweenSentences =
  /(?<=[.!?؟]["“”»)\u2069]?)(?<!(?<![\p{L}\p{M}\p{N}:’])(?:\d{1,2}|\p{L}|bzw|ca|ggf|inkl|evtl|vgl|sog|Nr|Tel|Str|St|Dr)\.)[ \u00a0]+(?=[\u2066-\u2069(«„“"]*[\p{Lu}\p{Lo}\p{N}])/gu;

/** The sentences of a text, line by line. */
export function sentencesOf(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => line.split(betweenSentences));
}

function simplerCard(card: OfferCard): OfferCard {
  return { ...card, lines: card.lines.flatMap(sentencesOf), source: sentencesOf(card.source).join("\n") };
}

/** What the person wrote is shown back as it is stored. */
function ownTextOf(finding: Finding): string | undefined {
  if (finding.kind === "participation" && finding.about === "confirm") return finding.contribution.text;
  return finding.kind === "volunteering" && finding.about === "confirm-message" ? finding.text : undefined;
}

/** The reply with one sentence a line. The words for a crisis are fixed and stay, and so does what a person of the city wrote. */
export function simplerReply(reply: Reply, finding: Finding): Reply {
  if (finding.kind === "crisis" || reply.writer === "human") return reply;
  const own = ownTextOf(finding);
  const inLines = (text: string) => (text === own ? text : sentencesOf(text).join("\n"));
  return { ...reply, lead: reply.lead.map(inLines), cards: reply.cards.map(simplerCard), closing: reply.closing.map(inLines) };
}
