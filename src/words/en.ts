import type { Words } from "./words.ts";

const languageNames = {
  de: "German",
  en: "English",
  tr: "Turkish",
  uk: "Ukrainian",
  ru: "Russian",
  ar: "Arabic",
  it: "Italian",
  fr: "French",
  hr: "Croatian, Serbian, Bosnian",
};

function ageText(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return to === undefined ? "" : `up to age ${to}`;
  return to === undefined ? `from age ${from}` : `from age ${from} to ${to}`;
}

export const en: Words = {
  foundFor: (need) => `This is what I found about “${need}”:`,
  foundForTwo: (first, second) => `This is what I found about “${first}” and “${second}”:`,
  widened: (place) => `I found nothing in ${place}. This is available in all of Munich:`,
  widenedCost: "I found no offer that is definitely free of charge. This is what else there is:",
  widenedWheelchair: "I do not know whether you can get in with a wheelchair. Please ask first. This is available:",
  freePlaces: (available, unit, asOf) => `Available (${unit}): ${available}. As of: ${asOf}.`,
  noFreePlaces: (unit, asOf) => `Available (${unit}): none. As of: ${asOf}.`,
  capacityUnknown: "I cannot see free places here. Please ask these services directly:",
  forWhom: "For whom",
  where: "Where",
  wholeCity: "for all of Munich",
  online: "online or by phone",
  cost: "Cost",
  free: "free of charge",
  notFree: "costs money",
  phone: "Phone",
  age: ageText,
  wheelchair: "Wheelchair accessible",
  source: (name, date) => `Source: ${name}. Checked on ${date}.`,
  unchecked: (url) => `Please check this at ${url}`,
  demo: "This is a made-up example. This service does not exist.",
  textInLanguage: (language) => `This text is in ${language}.`,
  more: "Show more",
  noMore: "I found nothing more about this.",
  helpful: "This helps me",
  notHelpful: "This does not help me",
  human: "Talk to a person",
  whichNeed: "What exactly do you mean?",
  notFound: "Sorry, I found nothing about this. I have noted your question.",
  nearestNeed: (need) => `Do you perhaps mean “${need}”?`,
  call115: "You can also call 115. This is the telephone service of the public authorities.",
  outOfScope:
    "I cannot help with this. I know about help and services in Munich. You can ask me about day care or an ID card, for example.",
  tooLong: "Your message is too long. Please write in 1 or 2 sentences what you need.",
  empty: "I did not receive any text. Please write what you need.",
  attachment: "I can only read text. Please write your question.",
  greeting: "Hello! What do you need? Just write it in one sentence.",
  thanks: "You are welcome. Do you have another question?",
  goodbye: "Goodbye. I wish you all the best.",
  insult: "I would like to help you. Please write to me what you need.",
  yes: "Good. What would you like to know next?",
  no: "All right. Write to me if you need anything.",
  whoAreYou: "I am a computer programme of the City of Munich. I am not a person. I look for help and services in Munich for you.",
  whatCanYouDo:
    "I look for help and services in Munich. For example: day care for children, care for older people, housing, money, work, German courses, ID cards. I am a computer programme. I can make mistakes.",
  privacy:
    "I store your questions so that the answers get better. Before that, I delete names, phone numbers, email addresses and bank account numbers. You can have everything deleted.",
  deleteAsk: "Do you want me to delete all your messages in this chat? I cannot undo this.",
  deleteButton: "Yes, delete everything",
  deleted: "Your messages in this chat have been deleted.",
  handover: "No person can answer here yet. Please call 115. There you can talk to a person.",
  watch: "I cannot yet send you a message when something is free. Please ask these services directly:",
  stopWatch: "I do not send you messages on my own. You do not have to cancel anything.",
  rateRight: "Thank you! I am glad.",
  rateWrong: "Thank you for telling me. I have noted it. Please write in other words what you need.",
  languageSet: "I will now answer in English.",
  simplerSet: "I will now write shorter answers.",
  welcome:
    "Hello! I am a computer programme of the City of Munich. I look for help and services for you. Write in one sentence what you need.",
  foreignLanguage:
    "Sorry, I do not know this language. I answer in German, English, Turkish, Ukrainian, Russian, Arabic, Italian, French and Croatian. Here you can get help with the language:",
  crisis: {
    suicide:
      "Call now: 0800 6553000, the crisis line Krisendienste Bayern. Or 0800 1110111, the telephone counselling line TelefonSeelsorge. Both are free and open day and night.\nIs a life in danger? Call 112.\nYou are not alone. Talk to someone.",
    violence:
      "Call 110, the police, if you are in danger now.\nWomen can call 116016, the helpline on violence against women. It is free, day and night, in many languages.\nAre you unable to speak? The app nora calls for help without words. For this, the app must already be set up.",
    child:
      "Call 110, the police, if a child is in danger now. Call 112 if a child is injured.\nChildren and young people can call 116111, the helpline Nummer gegen Kummer. There is not always someone there, and at night there is nobody. Then call 0800 1110111, the telephone counselling line TelefonSeelsorge.",
    medical:
      "Call 112 now. This is the emergency number for accidents, fire and serious illness.\nFor poisoning: 089 19240, the poison helpline Giftnotruf München.\nIs it not life-threatening? Call 116117, the doctor service for evenings and weekends.",
  },
  crisisOffers: "You can also get help here:",
  exampleQuestions: ["Where can I find a nursery place in Sendling?", "My mother needs care", "My ID card has expired"],
  page: {
    title: "Stadtlotse München",
    lead: "Ask about help and services in Munich.",
    notice: "A computer programme answers here, not a person.",
    messageLabel: "Your question",
    send: "Send",
    logLabel: "Conversation",
    you: "You",
    assistant: "Stadtlotse",
    waiting: "I am searching …",
    failed: "That did not work. Your message is still here.",
    sendAgain: "Send again",
    openLink: "Go to the page",
    examples: "For example",
    answerReady: "New answer:",
    language: "Language",
    noScript: "The chat needs JavaScript. You can also call 115.",
    demoBanner: "Demonstration: some of the offers are made up.",
  },
  languageNames,
};
