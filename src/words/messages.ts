import { crisisKinds, feedbackReasons } from "../core/answer.ts";
import { languages } from "../core/languages.ts";
import { measureFields, measureStates, type Standing } from "../core/offer.ts";
import { commandIds } from "./commands.ts";
import { bare, choice, each, type Messages, message, number, optional, type Rendered, spare, text, type Written } from "./message.ts";

/** Every sentence that a citizen sees, by name, with the values it takes in the order in which they are given. */
export const messages = {
  /** Shown above an answer with offers; `need` is the label of what was understood. */
  foundFor: message(text("need")),
  foundForTwo: message(text("first"), text("second")),
  /** Nothing in the district that was asked for; offers for the whole city follow. */
  widened: message(text("place")),
  /** Nothing is known to be free of charge; other offers follow. */
  widenedCost: message(),
  /** Nothing is known to be accessible by wheelchair; other offers follow. */
  widenedWheelchair: message(),
  freePlaces: message(number("available"), text("unit"), text("asOf")),
  noFreePlaces: message(text("unit"), text("asOf")),
  /** Free places were asked for, and nobody reports them. */
  capacityUnknown: message(),
  /** The count of free places is too old; it is not told. */
  outdatedPlaces: message(text("asOf")),
  /** Free places were asked for, and those who report have none; they follow. */
  noneFree: message(),
  appointments: {
    free: message(text("first"), optional("office"), text("asOf")),
    none: message(text("until"), text("asOf")),
    unavailable: message(),
  },
  forWhom: message(),
  where: message(),
  wholeCity: message(),
  online: message(),
  cost: message(),
  free: message(),
  notFree: message(),
  phone: message(),
  email: message(),
  contact: message(),
  /** Stands before what somebody has to bring along. */
  papers: message(),
  /** Stands behind what was asked for and is not known. */
  goesOn: message(),
  unknown: message(),
  /** For people of an age in years. */
  age: {
    from: message(number("from")),
    to: message(number("to")),
    between: message(number("from"), number("to")),
  },
  wheelchair: message(),
  /** Name of the source and the date of the check. */
  source: message(text("name"), text("date")),
  unchecked: message(bare("url")),
  demo: message(),
  /** The offer's text is not in the citizen's language but in `language`. */
  textInLanguage: message(text("language")),
  more: message(),
  noMore: message(),
  helpful: message(),
  notHelpful: message(),
  human: message(),
  whichNeed: message(),
  nearDistrict: message(text("district")),
  whatThere: message(),
  notFound: message(),
  nearestNeed: message(text("need")),
  call115: message(),
  outOfScope: message(),
  tooLong: message(),
  empty: message(),
  attachment: message(),
  photo: message(),
  voice: message(),
  sticker: message(),
  greeting: message(),
  thanks: message(),
  goodbye: message(),
  insult: message(),
  yes: message(),
  no: message(),
  whoAreYou: message(),
  whatCanYouDo: message(),
  privacy: message(),
  deleteAsk: message(),
  deleteButton: message(),
  deleted: message(),
  /** Why an answer was no good, and a sentence about it. */
  feedback: {
    why: message(),
    reasons: each(feedbackReasons),
    noted: message(),
    /** A button that leads to the question for a sentence. */
    writeMore: message(),
    askComment: message(),
  },
  /** Talking to a person of the city. */
  handover: {
    /** After two answers that were called wrong. */
    offer: message(),
    waiting: message(),
    /** Above the hours in which people are there; the other where they are not known. */
    hours: message(),
    noHours: message(),
    meanwhile: message(),
    stillWaiting: message(),
    taken: message(),
    /** Above what a person wrote. */
    writes: message(),
    back: message(),
    returned: message(),
    ended: each(["staff", "nobody-came", "human-silent"]),
    stored: message(number("count")),
  },
  rateRight: message(),
  rateWrong: message(),
  languageSet: message(),
  simplerSet: message(),
  /** First message of a conversation: says that this is a computer programme. */
  welcome: message(),
  /** Goes to the page before. */
  back: message(),
  /** A button of a list was pressed after another search. */
  outdatedList: message(),
  /** Stands above the answer to words that the person changed. */
  edited: message(),
  /** Told before the first question is answered where a company carries the messages out of the EU. */
  carrier: message(text("name"), bare("insteadUrl")),
  askPlace: message(),
  /** Asks for the place where a button can share it, and says how exactly it is kept. */
  askPlaceByButton: message(),
  sharePlace: message(),
  /** Stands above the list of commands. */
  help: message(),
  unknownCommand: message(),
  /** What each command does, in a few words without a full stop. */
  commands: each(commandIds),
  watches: {
    what: message(),
    ask: message(text("topic")),
    /** What is stored for how long, said before consent; the second where nothing is sent. */
    stores: message(),
    storesForCode: message(),
    yes: message(),
    no: message(),
    opened: message(text("until")),
    openedWithCode: message(text("until")),
    code: message(bare("code")),
    codeUse: message(),
    already: message(text("until")),
    declined: message(),
    /** `who` gives the place; the organisation itself where it is not one. */
    noReservation: message(optional("who")),
    list: message(),
    entry: message(number("number"), text("topic"), text("until")),
    none: message(),
    stop: message(),
    stopOne: message(number("number")),
    stopAll: message(),
    stopped: message(number("ended")),
    newPlaces: message(),
    newOffers: message(),
    /** Names no topic. */
    news: message(),
    show: message(),
    more: message(number("count")),
    nothingYet: message(),
    unknownCode: message(),
    tooManyCodes: message(),
    /** A button that leads to the question for consent. */
    offer: message(),
    from: message(text("date")),
  },
  /** The wish to be told once a question has an answer; what it shares with watches stands there. */
  askers: {
    /** A button below the question what is meant: none of the topics offered. */
    none: message(),
    ask: message(),
    /** What is stored for how long, said before consent; the second where nothing is sent. */
    stores: message(),
    storesForCode: message(),
    already: message(),
    /** In the list of watches: days of the question and of the end. */
    entry: message(number("number"), text("date"), text("until")),
    told: message(),
    /** Names no topic. */
    news: message(),
    /** Above the right answer for somebody who was told a wrong one; the second names no topic, below it a button shows the answer. */
    corrected: message(),
    correctedNews: message(),
    nothingYet: message(),
  },
  /** Having a say: contributions to projects and measures, votes on measures. */
  participation: {
    /** Buttons below a project, a place for ideas, a measure among several, a measure by itself. */
    speak: message(),
    writeIdea: message(),
    opinion: message(),
    comment: message(),
    important: message(),
    unimportant: message(),
    askText: message(text("title")),
    /** How to get out of writing; the word it names is understood in every language. */
    cancel: message(),
    tooLong: message(number("most")),
    confirm: message(text("title")),
    /** What is stored and until which day, said before consent. */
    stores: message(text("until")),
    district: message(text("name")),
    yes: message(),
    no: message(),
    submitted: message(),
    receipt: message(text("code")),
    platform: message(bare("url")),
    withdraw: message(),
    withdrawn: message(),
    declined: message(),
    tooMany: message(number("most")),
    closed: message(text("title")),
    waiting: message(text("title")),
    approved: message(text("title")),
    rejected: message(text("title")),
    reason: message(text("reason")),
    unknownReceipt: message(),
    votedImportant: message(text("title")),
    votedUnimportant: message(text("title")),
    voteStores: message(),
    unvote: message(),
    unvoted: message(),
  },
  /** Volunteers' tasks. */
  volunteering: {
    skills: message(),
    languages: message(),
    join: message(),
    /** What the button stores, said where it is shown. */
    joinStores: message(),
    joined: message(text("title")),
    joinedBefore: message(text("title")),
    receipt: message(text("code"), text("until")),
    full: message(),
    over: message(),
    leave: message(),
    left: message(text("title")),
    write: message(),
    askMessage: message(text("title")),
    confirmMessage: message(),
    messageStores: message(text("until")),
    messageYes: message(),
    messageNo: message(),
    told: message(),
  },
  settings: message(),
  answerLanguage: message(text("language")),
  simpleOn: message(),
  simpleOff: message(),
  writeSimply: message(),
  writeAtLength: message(),
  longerSet: message(),
  myData: {
    lead: message(),
    since: message(text("date")),
    messages: message(number("all"), number("withText")),
    redacted: message(),
    answers: message(number("count")),
    ratings: message(number("count")),
    watches: message(number("count")),
    askers: message(number("count")),
    contributions: message(number("count")),
    votes: message(number("count")),
    signUps: message(number("count")),
    address: message(),
    search: message(text("text")),
    understood: message(text("values")),
    age: message(number("years")),
    forgotten: message(),
  },
  /** Told in German and English to somebody whose language is not spoken here; lists the nine. */
  foreignLanguage: message(),
  /** Fixed texts, numbers first; never worded by a model. */
  crisis: each(crisisKinds),
  crisisOffers: message(),
  /** Three short questions that a citizen may press. */
  exampleQuestions: { first: message(), second: message(), third: message() },
  /** Where something is, when it is open or takes place, and whether one can take part. */
  timePlace: {
    /** Nothing in the place that was asked for; offers next to it and for the whole city follow. */
    nearby: message(text("place")),
    /** Nothing is known to take place on the days that were asked for; other offers follow. */
    noDay: message(),
    noneOpen: message(),
    noMeasure: message(),
    /** Whole kilometres: people's places are known no better. */
    distance: message(number("km")),
    otherPlaces: message(number("count")),
    /** Hours are 0 to 24; a language tells them by the one clock or by the other. */
    clock: message(spare(number("hours")), number("minutes"), spare(number("hours12")), spare(choice("half", "am", "pm"))),
    time: message(bare("clock")),
    span: message(bare("opens"), bare("closes")),
    openUntil: message(bare("time")),
    openUntilDay: message(text("day"), bare("time")),
    openAlways: message(),
    opensToday: message(bare("time")),
    opensTomorrow: message(bare("time")),
    opensOn: message(text("day"), bare("time")),
    closed: message(),
    /** Whether it is open now is not known. */
    openUnknown: message(),
    /** Opening hours were asked for, and none are known. */
    noHours: message(),
    week: message(),
    days: message(text("first"), text("last")),
    closedDay: message(),
    when: message(),
    moreDates: message(number("count")),
    /** Before the address of a file for calendars. */
    calendar: message(),
    /** A link to a map with the place. */
    map: message(),
    deadline: message(text("date")),
    deadlineOver: message(text("date")),
    standing: { announced: message(), open: message(), evaluation: message(), over: message() } satisfies Record<Standing, unknown>,
    takePartFrom: message(text("date")),
    takePartUntil: message(text("date")),
    howToTakePart: message(),
    field: message(),
    fields: each(measureFields),
    status: message(),
    states: each(measureStates),
  },
  page: {
    title: message(),
    lead: message(),
    notice: message(),
    messageLabel: message(),
    send: message(),
    logLabel: message(),
    you: message(),
    assistant: message(),
    waiting: message(),
    failed: message(),
    sendAgain: message(),
    /** The browser gives no place away: it was not allowed to, or has none. */
    noPlace: message(),
    openLink: message(),
    examples: message(),
    answerReady: message(),
    language: message(),
    noScript: message(),
    demoBanner: message(),
  },
  /** The chat as a part of other pages. */
  widget: {
    open: message(),
    close: message(),
    menu: message(),
    loading: message(),
    loadFailed: message(),
    offline: message(),
    exit: message(),
    exitHint: message(),
    transcript: message(),
    restart: message(),
    privacy: message(),
    accessibility: message(),
    imprint: message(),
    readAloud: message(),
    stopReading: message(),
    dictate: message(),
    dictateNotice: message(),
    dictateStart: message(),
    listening: message(),
    onDuty: message(),
    /** Above what a person writes, in the place of the programme's name. */
    human: message(),
    humanWrites: message(),
    /** The server forgot the talk. */
    ended: message(),
  },
  /** The names of the nine languages, in this language. */
  languageNames: each(languages),
} as const satisfies Messages;

/** One language's sentences as ICU MessageFormat, for translators; a missing or misspelt one does not compile. */
export type Catalogue = Written<typeof messages>;

/** One language's sentences as the rest of the code has them: strings, and functions that take values. */
export type Words = Rendered<typeof messages>;
