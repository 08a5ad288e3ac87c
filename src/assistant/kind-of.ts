import type { AnswerKind, Finding } from "../core/answer.ts";

/** The kind of an answer, as machines see it; `intent` is what it was understood as. */
export function kindOf(finding: Finding, intent: string): AnswerKind {
  switch (finding.kind) {
    case "foreign-language":
      return "offers";
    case "unreadable":
      return "no-answer";
    case "watch":
      return finding.about === "list" && intent === "watches" ? "meta" : finding.about === "news" ? "capacity" : "confirmation";
    case "participation":
    case "volunteering":
    case "feedback":
      return "confirmation";
    case "asker":
      return finding.about === "offer" ? "offers" : "confirmation";
    default:
      return finding.kind;
  }
}
