import { z } from "zod";
import type { Reply } from "../../core/answer.ts";
import type { LanguageModel, ModelTurn, Wording } from "../../core/language-model.ts";
import type { ShowInterim } from "../../core/message.ts";
import type { Offer } from "../../core/offer.ts";
import { applySentences } from "./apply.ts";
import { type Asked, createAsk } from "./ask.ts";
import type { Budget } from "./budget.ts";
import type { ChatServer } from "./chat-model.ts";
import { type Checked, checkDraft, Draft, type Refusal, wholeSentences } from "./checker.ts";
import { answerPrompt, searchPrompt } from "./prompt.ts";

/** What became of one call: numbers and names of outcomes, never words of people. */
export interface Trace {
  readonly messageId: number;
  readonly use: "search" | "answer" | "answer-again";
  readonly outcome: Asked<unknown>["kind"];
  readonly tookMs: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly sent?: number;
  readonly refused?: { readonly [refusal in Refusal]?: number };
}

export interface LanguageModelParts {
  readonly server: ChatServer;
  readonly budget: Budget;
  readonly onTrace: (trace: Trace) => void;
  /** For all calls of a turn; the rest of the 8 seconds is for everything else. */
  readonly turnMs?: number;
  readonly restMs?: number;
}

const SearchWords = z.object({ words: z.array(z.string()).max(20) });
const searchForm = { name: "search_words", schema: SearchWords, mostTokens: 120 } as const;
const draftForm = { name: "answer", schema: Draft, mostTokens: 900 } as const;
const mostWords = 8;
const longestQuestion = 1000;
/** With less than this left a second try would only cost time. */
const leastForRetryMs = 1500;

/** Words alone: what a model writes may steer a search and nothing else. */
function readSearchWords({ words }: z.output<typeof SearchWords>): string | undefined {
  const usable = words.flatMap((word) => word.split(/\s+/)).filter((word) => /^\p{L}[\p{L}-]{1,39}$/u.test(word));
  return usable.length === 0 ? undefined : [...new Set(usable)].slice(0, mostWords).join(" ");
}

function count(refused: readonly Refusal[]): NonNullable<Trace["refused"]> {
  return Object.fromEntries([...Map.groupBy(refused, (each) => each)].map(([refusal, all]) => [refusal, all.length]));
}

function adviceOf({ refused, advice }: Checked): readonly string[] {
  if (refused.length === 0) return ["It held no sentence."];
  return [`Refused: ${[...new Set(refused)].join(", ")}.`, ...advice];
}

/** Offers whose German text a German answer shows; a quote in one language proves nothing about a sentence in another. */
function offersOf({ finding, manner }: Wording): readonly Offer[] {
  if (manner.lang !== "de" || (finding.kind !== "offers" && finding.kind !== "capacity")) return [];
  return finding.found.map(({ offer }) => offer);
}

/** Shows the checked sentences of an answer that is still being written, each time there are others; `onText` of `Ask`. */
function showChecked({ reply }: Wording, offers: readonly Offer[], show: ShowInterim): (written: string) => void {
  let shown = 0;
  return (written) => {
    const draft = wholeSentences(written);
    const more = draft.sentences.length !== shown;
    shown = draft.sentences.length;
    if (!more || shown === 0) return;
    const { chosen } = applySentences(reply, offers, checkDraft(draft, offers).sent);
    show({ lang: reply.lang, text: [...reply.lead, ...chosen].join("\n\n") });
  };
}

/** The language model behind an OpenAI-compatible server. Loaded only where one is set: LangChain takes some 0.3 s. */
export function createLanguageModel({ server, budget, onTrace, turnMs = 6500, restMs = 30_000 }: LanguageModelParts): LanguageModel {
  const ask = createAsk(server, budget, restMs);

  function begin(messageId: number): ModelTurn {
    const started = performance.now();
    const leftMs = () => turnMs - (performance.now() - started);
    const signal = AbortSignal.timeout(turnMs);

    async function traced<Value>(use: Trace["use"], call: Promise<Asked<Value>>, checked: (value: Value) => Partial<Trace> = () => ({})) {
      const from = performance.now();
      const asked = await call;
      const tookMs = Math.round(performance.now() - from);
      const more =
        asked.kind === "ok" ? { inputTokens: asked.tokens.input, outputTokens: asked.tokens.output, ...checked(asked.value) } : {};
      onTrace({ messageId, use, outcome: asked.kind, tookMs, ...more });
      return asked;
    }

    async function tryAnswer(
      use: Trace["use"],
      question: string,
      offers: readonly Offer[],
      advice: readonly string[],
      onText?: (text: string) => void,
    ) {
      const result: { checked?: Checked } = {};
      const asked = await traced(use, ask(draftForm, answerPrompt(question, offers, advice), signal, onText), (draft) => {
        result.checked = checkDraft(draft, offers);
        const sent = [...result.checked.sent.values()].reduce((sum, each) => sum + each.length, 0);
        return { sent, refused: count(result.checked.refused) };
      });
      return { kind: asked.kind, checked: result.checked };
    }

    async function word(wording: Wording, show?: ShowInterim): Promise<Reply> {
      const offers = offersOf(wording);
      if (offers.length === 0) return wording.reply;
      const { lang, lead } = wording.reply;
      show?.({ lang, text: lead.join("\n\n") });
      const onText = show === undefined ? undefined : showChecked(wording, offers, show);
      const question = wording.question.slice(0, longestQuestion);
      const first = await tryAnswer("answer", question, offers, [], onText);
      if (first.checked !== undefined && first.checked.sent.size > 0)
        return applySentences(wording.reply, offers, first.checked.sent).reply;
      const answered = first.kind === "ok" || first.kind === "unreadable";
      if (!answered || leftMs() < leastForRetryMs) return wording.reply;
      const advice = first.checked === undefined ? ["It was not in the form that was asked for."] : adviceOf(first.checked);
      const second = await tryAnswer("answer-again", question, offers, advice, onText);
      return second.checked === undefined ? wording.reply : applySentences(wording.reply, offers, second.checked.sent).reply;
    }

    return {
      searchWords: async (question) => {
        const asked = await traced("search", ask(searchForm, searchPrompt(question.slice(0, longestQuestion)), signal));
        return asked.kind === "ok" ? readSearchWords(asked.value) : undefined;
      },
      word,
    };
  }

  return { begin };
}
