import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { decide } from "../../src/assistant/decide.ts";
import { readContent } from "../../src/catalogue/content-files.ts";
import { QuestionLine } from "../../src/catalogue/content-schema.ts";
import { crisisKinds } from "../../src/core/answer.ts";
import type { Intent } from "../../src/core/content.ts";
import { needOfCrisis } from "../../src/core/intents.ts";
import { type Lang, languages } from "../../src/core/languages.ts";
import { projectRoot } from "../../src/node-content.ts";
import { createConceptFinder } from "../../src/text/concepts.ts";
import { createClassifier } from "../../src/understanding/classifier.ts";
import { createCrisisExtractor } from "../../src/understanding/crisis-features.ts";
import { createFeatureExtractor } from "../../src/understanding/features.ts";
import { createCrisisRanking } from "../../src/understanding/recogniser.ts";
import { trainModel } from "../../src/understanding/training.ts";
import { collectExamples } from "../../src/understanding/training-set.ts";

const parts = 4;
/** Every second question is enough to count false alarms. */
const asked = 2;

/** True for one in four: an example, or all questions of a situation in every language. */
function isHeldOut(key: string): boolean {
  return createHash("sha256").update(key).digest().readUInt32BE(0) % parts === 0;
}

function situationsOf(need: string): ReadonlyMap<string, string> {
  const lines = readFileSync(join(projectRoot, `knowledge/needs/${need}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return new Map(lines.map((line) => QuestionLine.parse(JSON.parse(line))).map(({ text, situation }) => [text, `${need} ${situation}`]));
}

function withoutHeldOut(examples: Intent["examples"]): Intent["examples"] {
  const kept: Record<Lang, readonly string[]> = { ...examples };
  for (const lang of languages) kept[lang] = examples[lang].filter((text) => !isHeldOut(text));
  return kept;
}

let heard: { readonly crises: number; readonly false: number; readonly implicit: number; readonly lookAlikes: number };

beforeAll(async () => {
  const content = await readContent({ root: projectRoot, demo: false });
  const situations = new Map(content.needs.map(({ id }) => [id, situationsOf(id)]));
  const isHeldOutQuestion = ({ need, text }: { need: string; text: string }) => isHeldOut(situations.get(need)?.get(text) ?? text);
  const examples = content.intents.flatMap(({ id, examples: own }) => languages.flatMap((lang) => own[lang].map((text) => ({ id, text }))));
  const learned = {
    ...content,
    crises: { ...content.crises, sentences: content.crises.sentences.filter(({ text }) => !isHeldOut(text)) },
    intents: content.intents.map((intent) => ({ ...intent, examples: withoutHeldOut(intent.examples) })),
    questions: content.questions.filter((question) => !isHeldOutQuestion(question)),
  };
  const findConcepts = createConceptFinder(content.concepts);
  const extract = createFeatureExtractor({ findConcepts, remember: true });
  const rankIntents = createClassifier(trainModel(collectExamples(learned, "intent"), { extract }), extract);
  const rankNeeds = createClassifier(trainModel(collectExamples(learned, "need"), { extract }), extract);
  const extractCrises = createCrisisExtractor({ findConcepts, crisisConcepts: content.crises.concepts, remember: true });
  const crisisModel = trainModel(collectExamples(learned, "crisis"), { extract: extractCrises });
  const rankCrises = createCrisisRanking(crisisModel, extractCrises);
  const shareHeard = (texts: readonly string[]) =>
    texts.filter(
      (text) => decide({ intents: rankIntents(text), needs: rankNeeds(text), crises: rankCrises(text), slots: {} }).kind === "crisis",
    ).length / texts.length;

  const unseen = examples.filter(({ text }) => isHeldOut(text));
  const acute = new Set(crisisKinds.map(needOfCrisis));
  const questions = content.questions.filter((question) => isHeldOutQuestion(question) && !acute.has(question.need));
  const betweenTheLines = content.crises.sentences.filter(({ text }) => isHeldOut(text));
  heard = {
    implicit: shareHeard(betweenTheLines.filter(({ label }) => label !== "calm").map(({ text }) => text)),
    lookAlikes: shareHeard(betweenTheLines.filter(({ label }) => label === "calm").map(({ text }) => text)),
    crises: shareHeard(unseen.filter(({ id }) => id.startsWith("crisis-")).map(({ text }) => text)),
    false: shareHeard([
      ...unseen.filter(({ id }) => !id.startsWith("crisis-")).map(({ text }) => text),
      ...questions.filter((_, index) => index % asked === 0).map(({ text }) => text),
    ]),
  };
}, 240_000);

it("is heard in most of the hard examples that no model has seen", () => {
  expect(heard.crises).toBeGreaterThan(0.9);
});

it("is heard between the lines in most sentences that no model has seen", () => {
  expect(heard.implicit).toBeGreaterThan(0.84);
});

it("is seldom heard in what only sounds like one", () => {
  expect(heard.lookAlikes).toBeLessThan(0.12);
});

it("is seldom heard in other examples and questions that no model has seen", () => {
  expect(heard.false).toBeLessThan(0.07);
});
