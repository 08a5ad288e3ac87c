import type { TrialAnswer } from "../core/article-trial.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { Recogniser, Understanding } from "../core/understanding.ts";
import { freshContext } from "./context.ts";
import { decide } from "./decide.ts";
import { kindOf } from "./kind-of.ts";
import { respondToForeign, respondToQuestion } from "./respond.ts";
import { hearSecondNeed } from "./two-needs.ts";

/** A question as it is understood; undefined where neither offers nor articles can change its answer. */
export interface PreviewQuestion {
  readonly text: string;
  readonly understanding: Understanding;
  readonly foreign: boolean;
}

/** Understands a question that is asked by itself. */
export function readQuestion(text: string, recogniser: Recogniser): PreviewQuestion | undefined {
  const detected = recogniser.detectLanguage(text);
  const understanding = recogniser.recognise(text, detected.kind === "spoken" ? detected.lang : "de");
  if (decide(understanding).kind === "crisis") return undefined;
  const needs = hearSecondNeed(text, understanding.needs, recogniser.rankNeeds);
  return { text, understanding: { ...understanding, needs }, foreign: detected.kind === "foreign" };
}

/** What a question by itself is answered with over a catalogue; undefined for what asks for nothing of it. */
export async function previewAnswer(
  { text, understanding, foreign }: PreviewQuestion,
  catalogue: Catalogue,
): Promise<TrialAnswer | undefined> {
  const response = foreign
    ? await respondToForeign(catalogue, freshContext)
    : await respondToQuestion(catalogue, text, understanding, freshContext);
  if (response === undefined) return undefined;
  const { finding, intent, needs, slots } = response;
  const offer = "found" in finding ? finding.found[0]?.offer.id : undefined;
  return { kind: kindOf(finding, intent), first: finding.kind === "article" ? `article:${finding.article.id}` : offer, needs, slots };
}
