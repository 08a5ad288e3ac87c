import type { CrisisKind } from "./answer.ts";
import type { Lang } from "./languages.ts";
import type { District, Need, Offer } from "./offer.ts";

/** A sentence with what it stands for. */
export interface TestSentence {
  readonly lang: Lang;
  readonly text: string;
}

/** Something that people want to do; the recogniser learns from `examples` and never from `tests`. */
export interface Intent {
  readonly id: string;
  readonly title: { readonly de: string; readonly en: string };
  readonly examples: { readonly [lang in Lang]: readonly string[] };
  readonly tests: readonly TestSentence[];
}

/** An example question of a need. */
export interface Question {
  readonly need: string;
  readonly lang: Lang;
  readonly text: string;
}

/** One everyday meaning with the words for it, in any language: `zahn`, `*arzt` (ends so), `zahn*` (begins so), `*pflege*` (holds it). */
export interface Concept {
  readonly id: string;
  readonly patterns: readonly string[];
}

/** A sentence that is a crisis of a kind, or calm though it sounds like one. */
export interface CrisisSentence {
  readonly label: CrisisKind | "calm";
  readonly lang: Lang;
  readonly text: string;
}

/** A sentence that staff taught: whoever writes this means this label; `null` takes the sentence away from all labels. */
export interface Lesson {
  readonly text: string;
  readonly label: string | null;
}

/** All that the files in intents/ and knowledge/ say; `hash` changes with any byte of them. */
export interface Content {
  readonly hash: string;
  readonly needs: readonly Need[];
  readonly intents: readonly Intent[];
  readonly districts: readonly District[];
  readonly offers: readonly Offer[];
  readonly questions: readonly Question[];
  readonly concepts: readonly Concept[];
  /** What crises are told apart by: sentences, and meanings beside those of `concepts` that nothing else is read with. */
  readonly crises: { readonly sentences: readonly CrisisSentence[]; readonly concepts: readonly Concept[] };
}
