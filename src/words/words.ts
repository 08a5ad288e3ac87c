import type { CrisisKind, FeedbackReason } from "../core/answer.ts";
import type { Lang } from "../core/languages.ts";
import type { MeasureField, MeasureStatus, Standing } from "../core/offer.ts";
import { ar } from "./ar.ts";
import type { CommandId } from "./commands.ts";
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
  /** The count of free places is too old; it is not told. */
  readonly outdatedPlaces: (asOf: string) => string;
  /** Free places were asked for, and those who report have none; they follow. */
  readonly noneFree: string;
  readonly appointments: {
    readonly free: (first: string, office: string | undefined, asOf: string) => string;
    readonly none: (until: string, asOf: string) => string;
    readonly unavailable: string;
  };
  readonly forWhom: string;
  readonly where: string;
  readonly wholeCity: string;
  readonly online: string;
  readonly cost: string;
  readonly free: string;
  readonly notFree: string;
  readonly phone: string;
  readonly email: string;
  readonly contact: string;
  /** Stands before what somebody has to bring along. */
  readonly papers: string;
  /** Stands behind what was asked for and is not known. */
  readonly unknown: string;
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
  readonly nearDistrict: (district: string) => string;
  readonly whatThere: string;
  readonly notFound: string;
  readonly nearestNeed: (need: string) => string;
  readonly call115: string;
  readonly outOfScope: string;
  readonly tooLong: string;
  readonly empty: string;
  readonly attachment: string;
  readonly photo: string;
  readonly voice: string;
  readonly sticker: string;
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
  /** Why an answer was no good, and a sentence about it. */
  readonly feedback: {
    readonly why: string;
    readonly reasons: { readonly [reason in FeedbackReason]: string };
    readonly noted: string;
    /** A button that leads to the question for a sentence. */
    readonly writeMore: string;
    readonly askComment: string;
  };
  /** Talking to a person of the city. */
  readonly handover: {
    /** After two answers that were called wrong. */
    readonly offer: string;
    readonly waiting: string;
    /** Above the hours in which people are there; the other where they are not known. */
    readonly hours: string;
    readonly noHours: string;
    readonly meanwhile: string;
    readonly stillWaiting: string;
    readonly taken: string;
    /** Above what a person wrote. */
    readonly writes: string;
    readonly back: string;
    readonly returned: string;
    readonly ended: { readonly [end in "staff" | "nobody-came" | "human-silent"]: string };
    readonly stored: (count: number) => string;
  };
  readonly rateRight: string;
  readonly rateWrong: string;
  readonly languageSet: string;
  readonly simplerSet: string;
  /** First message of a conversation: says that this is a computer programme. */
  readonly welcome: string;
  /** Goes to the page before. */
  readonly back: string;
  /** A button of a list was pressed after another search. */
  readonly outdatedList: string;
  /** Stands above the answer to words that the person changed. */
  readonly edited: string;
  /** Told before the first question is answered where a company carries the messages out of the EU. */
  readonly carrier: (name: string, insteadUrl: string) => string;
  readonly askPlace: string;
  /** Asks for the place where a button can share it, and says how exactly it is kept. */
  readonly askPlaceByButton: string;
  readonly sharePlace: string;
  /** Stands above the list of commands. */
  readonly help: string;
  readonly unknownCommand: string;
  /** What each command does, in a few words without a full stop. */
  readonly commands: { readonly [id in CommandId]: string };
  readonly watches: {
    readonly what: string;
    readonly ask: (topic: string) => string;
    /** What is stored for how long, said before consent; the second where nothing is sent. */
    readonly stores: string;
    readonly storesForCode: string;
    readonly yes: string;
    readonly no: string;
    readonly opened: (until: string) => string;
    readonly openedWithCode: (until: string) => string;
    readonly code: (code: string) => string;
    readonly codeUse: string;
    readonly already: (until: string) => string;
    readonly declined: string;
    /** `who` gives the place; the organisation itself where it is not one. */
    readonly noReservation: (who: string | undefined) => string;
    readonly list: string;
    readonly entry: (number: number, topic: string, until: string) => string;
    readonly none: string;
    readonly stop: string;
    readonly stopOne: (number: number) => string;
    readonly stopAll: string;
    readonly stopped: (ended: number) => string;
    readonly newPlaces: string;
    readonly newOffers: string;
    /** Names no topic. */
    readonly news: string;
    readonly show: string;
    readonly more: (count: number) => string;
    readonly nothingYet: string;
    readonly unknownCode: string;
    readonly tooManyCodes: string;
    /** A button that leads to the question for consent. */
    readonly offer: string;
    readonly from: (date: string) => string;
  };
  /** Having a say: contributions to projects and measures, votes on measures. */
  readonly participation: {
    /** Buttons below a project, a place for ideas, a measure among several, a measure by itself. */
    readonly speak: string;
    readonly writeIdea: string;
    readonly opinion: string;
    readonly comment: string;
    readonly important: string;
    readonly unimportant: string;
    readonly askText: (title: string) => string;
    /** How to get out of writing; the word it names is understood in every language. */
    readonly cancel: string;
    readonly tooLong: (most: number) => string;
    readonly confirm: (title: string) => string;
    /** What is stored and until which day, said before consent. */
    readonly stores: (until: string) => string;
    readonly district: (name: string) => string;
    readonly yes: string;
    readonly no: string;
    readonly submitted: string;
    readonly receipt: (code: string) => string;
    readonly platform: (url: string) => string;
    readonly withdraw: string;
    readonly withdrawn: string;
    readonly declined: string;
    readonly tooMany: (most: number) => string;
    readonly closed: (title: string) => string;
    readonly waiting: (title: string) => string;
    readonly approved: (title: string) => string;
    readonly rejected: (title: string) => string;
    readonly reason: (reason: string) => string;
    readonly unknownReceipt: string;
    readonly votedImportant: (title: string) => string;
    readonly votedUnimportant: (title: string) => string;
    readonly voteStores: string;
    readonly unvote: string;
    readonly unvoted: string;
  };
  /** Volunteers' tasks. */
  readonly volunteering: {
    readonly skills: string;
    readonly languages: string;
    readonly join: string;
    /** What the button stores, said where it is shown. */
    readonly joinStores: string;
    readonly joined: (title: string) => string;
    readonly joinedBefore: (title: string) => string;
    readonly receipt: (code: string, until: string) => string;
    readonly full: string;
    readonly over: string;
    readonly leave: string;
    readonly left: (title: string) => string;
    readonly write: string;
    readonly askMessage: (title: string) => string;
    readonly confirmMessage: string;
    readonly messageStores: (until: string) => string;
    readonly messageYes: string;
    readonly messageNo: string;
    readonly told: string;
  };
  readonly settings: string;
  readonly answerLanguage: (language: string) => string;
  readonly simpleOn: string;
  readonly simpleOff: string;
  readonly writeSimply: string;
  readonly writeAtLength: string;
  readonly longerSet: string;
  readonly myData: {
    readonly lead: string;
    readonly since: (date: string) => string;
    readonly messages: (all: number, withText: number) => string;
    readonly redacted: string;
    readonly answers: (count: number) => string;
    readonly ratings: (count: number) => string;
    readonly watches: (count: number) => string;
    readonly contributions: (count: number) => string;
    readonly votes: (count: number) => string;
    readonly signUps: (count: number) => string;
    readonly address: string;
    readonly search: (text: string) => string;
    readonly understood: (values: string) => string;
    readonly age: (years: number) => string;
    readonly forgotten: string;
  };
  /** Told in German and English to somebody whose language is not spoken here; lists the nine. */
  readonly foreignLanguage: string;
  /** Fixed texts, numbers first; never worded by a model. */
  readonly crisis: { readonly [kind in CrisisKind]: string };
  readonly crisisOffers: string;
  /** Three short questions that a citizen may press. */
  readonly exampleQuestions: readonly [string, string, string];
  /** Where something is, when it is open or takes place, and whether one can take part. */
  readonly timePlace: {
    /** Nothing in the place that was asked for; offers next to it and for the whole city follow. */
    readonly nearby: (place: string) => string;
    /** Nothing is known to take place on the days that were asked for; other offers follow. */
    readonly noDay: string;
    readonly noneOpen: string;
    readonly noMeasure: string;
    /** Whole kilometres: people's places are known no better. */
    readonly distance: (km: number) => string;
    readonly otherPlaces: (count: number) => string;
    /** `minutes` has two digits, or none at the full hour; hours are 0 to 24. */
    readonly clock: (hours: number, minutes: string) => string;
    readonly time: (clock: string) => string;
    readonly span: (opens: string, closes: string) => string;
    readonly openUntil: (time: string) => string;
    readonly openUntilDay: (day: string, time: string) => string;
    readonly openAlways: string;
    readonly opensToday: (time: string) => string;
    readonly opensTomorrow: (time: string) => string;
    readonly opensOn: (day: string, time: string) => string;
    readonly closed: string;
    /** Whether it is open now is not known. */
    readonly openUnknown: string;
    /** Opening hours were asked for, and none are known. */
    readonly noHours: string;
    readonly week: string;
    readonly days: (first: string, last: string) => string;
    readonly closedDay: string;
    readonly when: string;
    readonly moreDates: (count: number) => string;
    /** Before the address of a file for calendars. */
    readonly calendar: string;
    readonly deadline: (date: string) => string;
    readonly deadlineOver: (date: string) => string;
    readonly standing: { readonly [standing in Standing]: string };
    readonly takePartFrom: (date: string) => string;
    readonly takePartUntil: (date: string) => string;
    readonly howToTakePart: string;
    readonly field: string;
    readonly fields: { readonly [field in MeasureField]: string };
    readonly status: string;
    readonly states: { readonly [status in MeasureStatus]: string };
  };
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
    /** The browser gives no place away: it was not allowed to, or has none. */
    readonly noPlace: string;
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
