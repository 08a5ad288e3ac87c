import type { Lang } from "./languages.ts";
import type { MeasureField, MeasureStatus } from "./offer.ts";

/** A label with its probability, 0 to 1. */
export interface Scored {
  readonly id: string;
  readonly score: number;
}

/** What a sentence says besides its topic. Dates are ISO, in Europe/Berlin. */
export interface Slots {
  readonly district?: string;
  readonly quarter?: string;
  readonly postcode?: string;
  readonly age?: number;
  readonly costFree?: true;
  readonly wheelchair?: true;
  readonly language?: string;
  readonly from?: string;
  readonly to?: string;
  readonly when?: string;
}

/** What a text wants beside a topic and its slots. */
export interface Wishes {
  readonly openNow?: true | undefined;
  /** Of measures of the digitalisation radar. */
  readonly field?: MeasureField | undefined;
  readonly status?: MeasureStatus | undefined;
}

/** The language a text is written in: one that is spoken here, another known one (BCP 47), or none that can be told. */
export type DetectedLanguage =
  | { readonly kind: "spoken"; readonly lang: Lang; readonly certain: boolean }
  | { readonly kind: "foreign"; readonly code: string }
  | { readonly kind: "unknown" };

/** Everything that was recognised in one text; rankings are whole, best first. */
export interface Understanding {
  readonly intents: readonly Scored[];
  readonly needs: readonly Scored[];
  /** How much each kind of crisis outweighs calm, 0 to 1 each, best first: 0.5 is as much as calm. */
  readonly crises: readonly Scored[];
  readonly slots: Slots;
  readonly wishes?: Wishes | undefined;
  /** A language that the text names (BCP 47), whatever for. */
  readonly namedLanguage?: string;
}

/** Reads texts. Pure once it is built: the same text gives the same result. */
export interface Recogniser {
  detectLanguage(text: string): DetectedLanguage;
  /** `lang` is the language that dates and the like are read in. */
  recognise(text: string, lang: Lang): Understanding;
  /** The needs alone, for a part of a text. */
  rankNeeds(text: string): readonly Scored[];
}
