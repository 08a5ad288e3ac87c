import type { CrisisKind } from "../core/answer.ts";
import type { Lang } from "../core/languages.ts";
import { ar } from "./ar.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { hr } from "./hr.ts";
import { it } from "./it.ts";
import { ru } from "./ru.ts";
import { tr } from "./tr.ts";
import { uk } from "./uk.ts";

/** Every sentence that a citizen sees, in one language. Functions take values that are shown as they are. */
export interface Words {
  /** Shown above an answer with offers; `need` is the label of what was understood. */
  readonly foundFor: (need: string) => string;
  readonly foundForTwo: (first: string, second: string) => string;
  /** Nothing in the district that was asked for; offers for the whole city follow. */
  readonly widened: (place: string) => string;
  /** Nothing is known to be free of charge; other offers follow. */
  readonly widenedCost: string;
  /** Nothing is known to be accessible by wheelchair; other offers follow. */
  readonly widenedWheelchair: string;
  readonly freePlaces: (available: number, unit: string, asOf: string) => string;
  readonly noFreePlaces: (unit: string, asOf: string) => string;
  /** Free places were asked for, and nobody reports them. */
  readonly capacityUnknown: string;
  readonly forWhom: string;
  readonly where: string;
  readonly wholeCity: string;
  readonly online: string;
  readonly cost: string;
  readonly free: string;
  readonly notFree: string;
  readonly phone: string;
  readonly age: (from: number | undefined, to: number | undefined) => string;
  readonly wheelchair: string;
  /** Name of the source and the date of the check. */
  readonly source: (name: string, date: string) => string;
  readonly unchecked: (url: string) => string;
  readonly demo: string;
  /** The offer's text is not in the citizen's language but in `language`. */
  readonly textInLanguage: (language: string) => string;
  readonly more: string;
  readonly noMore: string;
  readonly helpful: string;
  readonly notHelpful: string;
  readonly human: string;
  readonly whichNeed: string;
  readonly notFound: string;
  readonly nearestNeed: (need: string) => string;
  readonly call115: string;
  readonly outOfScope: string;
  readonly tooLong: string;
  readonly empty: string;
  readonly attachment: string;
  readonly greeting: string;
  readonly thanks: string;
  readonly goodbye: string;
  readonly insult: string;
  readonly yes: string;
  readonly no: string;
  readonly whoAreYou: string;
  readonly whatCanYouDo: string;
  readonly privacy: string;
  readonly deleteAsk: string;
  readonly deleteButton: string;
  readonly deleted: string;
  readonly handover: string;
  readonly watch: string;
  readonly stopWatch: string;
  readonly rateRight: string;
  readonly rateWrong: string;
  readonly languageSet: string;
  readonly simplerSet: string;
  /** First message of a conversation: says that this is a computer programme. */
  readonly welcome: string;
  /** Told in German and English to somebody whose language is not spoken here; lists the nine. */
  readonly foreignLanguage: string;
  /** Fixed texts, numbers first; never worded by a model. */
  readonly crisis: { readonly [kind in CrisisKind]: string };
  readonly crisisOffers: string;
  /** Three short questions that a citizen may press. */
  readonly exampleQuestions: readonly [string, string, string];
  readonly page: {
    readonly title: string;
    readonly lead: string;
    readonly notice: string;
    readonly messageLabel: string;
    readonly send: string;
    readonly logLabel: string;
    readonly you: string;
    readonly assistant: string;
    readonly waiting: string;
    readonly failed: string;
    readonly sendAgain: string;
    readonly openLink: string;
    readonly examples: string;
    readonly answerReady: string;
    readonly language: string;
    readonly noScript: string;
    readonly demoBanner: string;
  };
  /** The names of the nine languages, in this language. */
  readonly languageNames: { readonly [lang in Lang]: string };
}

/** All languages; a missing one does not compile. */
export const words: { readonly [lang in Lang]: Words } = { de, en, tr, uk, ru, ar, it, fr, hr };
