import type { Words } from "./words.ts";

const languageNames = {
  de: "tedesco",
  en: "inglese",
  tr: "turco",
  uk: "ucraino",
  ru: "russo",
  ar: "arabo",
  it: "italiano",
  fr: "francese",
  hr: "croato, serbo, bosniaco",
};

function years(count: number): string {
  return count === 1 ? "1 anno" : `${count} anni`;
}

function ageText(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return to === undefined ? "" : `fino a ${years(to)}`;
  return to === undefined ? `a partire da ${years(from)}` : `da ${from} a ${years(to)}`;
}

export const it: Words = {
  foundFor: (need) => `Ecco che cosa ho trovato su «${need}»:`,
  foundForTwo: (first, second) => `Ecco che cosa ho trovato su «${first}» e «${second}»:`,
  widened: (place) => `Nella zona di ${place} non ho trovato nulla. Ecco che cosa c'è in tutta Monaco:`,
  widenedCost: "Non ho trovato un'offerta sicuramente gratuita. Ecco che cos'altro c'è:",
  widenedWheelchair: "Non so se si può entrare con la sedia a rotelle. Lo chieda prima. Ecco che cosa c'è:",
  freePlaces: (available, unit, asOf) => `Disponibilità (${unit}): ${available}. Aggiornamento: ${asOf}.`,
  noFreePlaces: (unit, asOf) => `Disponibilità (${unit}): nessuna. Aggiornamento: ${asOf}.`,
  capacityUnknown: "Da qui non posso vedere i posti liberi. Si rivolga direttamente a questi servizi:",
  forWhom: "Per chi",
  where: "Dove",
  wholeCity: "per tutta Monaco",
  online: "su internet o al telefono",
  cost: "Costo",
  free: "gratuito",
  notFree: "a pagamento",
  phone: "Telefono",
  age: ageText,
  wheelchair: "Accessibile in sedia a rotelle",
  source: (name, date) => `Fonte: ${name}. Data del controllo: ${date}.`,
  unchecked: (url) => `Verifichi queste informazioni su ${url}`,
  demo: "Questo è un esempio inventato. Questo servizio non esiste.",
  textInLanguage: (language) => `Lingua di questo testo: ${language}.`,
  more: "Mostra altro",
  noMore: "Non ho trovato altro su questo tema.",
  helpful: "Mi è utile",
  notHelpful: "Non mi è utile",
  human: "Parlare con una persona",
  whichNeed: "Che cosa intende esattamente?",
  notFound: "Purtroppo non ho trovato nulla su questo tema. Ho annotato la Sua domanda.",
  nearestNeed: (need) => `Intende forse «${need}»?`,
  call115: "Può anche chiamare il 115. In Germania è il numero degli uffici pubblici.",
  outOfScope:
    "In questo non posso aiutarla. Conosco gli aiuti e i servizi a Monaco. Può chiedermi per esempio di un asilo o di un documento d'identità.",
  tooLong: "Il Suo messaggio è troppo lungo. Scriva in 1 o 2 frasi di che cosa ha bisogno.",
  empty: "Non ho ricevuto nessun testo. Scriva di che cosa ha bisogno.",
  attachment: "Posso leggere solo testo. Scriva la Sua domanda.",
  greeting: "Buongiorno! Di che cosa ha bisogno? Lo scriva semplicemente in una frase.",
  thanks: "Prego. Ha un'altra domanda?",
  goodbye: "Arrivederci. Le auguro ogni bene.",
  insult: "Vorrei aiutarla. Mi scriva per favore di che cosa ha bisogno.",
  yes: "Bene. Che cosa vuole sapere ora?",
  no: "Va bene. Mi scriva se ha bisogno di qualcosa.",
  whoAreYou:
    "Sono un programma informatico della Città di Monaco di Baviera. Non sono una persona. Cerco per Lei aiuti e servizi a Monaco.",
  whatCanYouDo:
    "Cerco aiuti e servizi a Monaco. Per esempio: asilo, assistenza agli anziani, casa, soldi, lavoro, corsi di tedesco, documenti d'identità. Sono un programma informatico. Posso fare errori.",
  privacy:
    "Salvo le Sue domande per migliorare le risposte. Prima cancello nomi, numeri di telefono, indirizzi e-mail e numeri di conto. Può far cancellare tutto.",
  deleteAsk: "Devo cancellare tutti i Suoi messaggi in questa chat? Poi non posso più recuperarli.",
  deleteButton: "Sì, cancella tutto",
  deleted: "I Suoi messaggi in questa chat sono stati cancellati.",
  handover:
    "Qui non può ancora rispondere una persona. Chiami per favore il 115, il numero degli uffici pubblici in Germania. Lì parla con una persona.",
  watch: "Non posso ancora mandarle un messaggio quando si libera qualcosa. Si rivolga direttamente a questi servizi:",
  stopWatch: "Non Le mando messaggi di mia iniziativa. Non deve disdire nulla.",
  rateRight: "Grazie! Mi fa piacere.",
  rateWrong: "Grazie della segnalazione. L'ho annotata. Mi scriva per favore con altre parole di che cosa ha bisogno.",
  languageSet: "Ora rispondo in italiano.",
  simplerSet: "Ora scrivo in modo più breve.",
  welcome:
    "Buongiorno! Sono un programma informatico della Città di Monaco di Baviera. Cerco per Lei aiuti e servizi. Scriva in una frase di che cosa ha bisogno.",
  foreignLanguage:
    "Purtroppo non conosco questa lingua. Rispondo in tedesco, inglese, turco, ucraino, russo, arabo, italiano, francese e croato. Qui può ricevere aiuto con la lingua:",
  crisis: {
    suicide:
      "Chiami ora: 0800 6553000, la linea di aiuto Krisendienste Bayern. Oppure 0800 1110111, la linea di ascolto TelefonSeelsorge. Sono gratuite e attive giorno e notte.\nUna vita è in pericolo? Chiami il 112.\nC'è chi La ascolta. Parli con una persona.",
    violence:
      "Chiami il 110, la polizia, se è in pericolo adesso.\nLe donne possono chiamare il 116016, la linea di aiuto contro la violenza sulle donne. È gratuita, attiva giorno e notte, in molte lingue.\nNon può parlare? Con l'app nora può chiedere aiuto senza parlare. Per questo l'app deve essere già configurata.",
    child:
      "Chiami il 110, la polizia, se un bambino è in pericolo adesso. Chiami il 112 se un bambino è ferito.\nI bambini e i ragazzi possono chiamare il 116111, la linea di aiuto Nummer gegen Kummer. Lì non c'è sempre qualcuno, di notte non c'è nessuno. Allora c'è lo 0800 1110111, la linea di ascolto TelefonSeelsorge.",
    medical:
      "Chiami ora il 112. È il numero di emergenza per incidenti, incendi e malattie gravi.\nIn caso di avvelenamento: 089 19240, il centro antiveleni Giftnotruf München.\nNon c'è pericolo di vita? Chiami il 116117, il servizio medico di sera e nel fine settimana.",
  },
  crisisOffers: "Anche qui può ricevere aiuto:",
  exampleQuestions: [
    "Dove trovo un posto all'asilo a Sendling?",
    "Mia madre ha bisogno di assistenza",
    "La mia carta d'identità è scaduta",
  ],
  page: {
    title: "Stadtlotse München",
    lead: "Chieda informazioni su aiuti e servizi a Monaco.",
    notice: "Qui risponde un programma informatico, non una persona.",
    messageLabel: "La Sua domanda",
    send: "Invia",
    logLabel: "Conversazione",
    you: "Lei",
    assistant: "Stadtlotse",
    waiting: "Sto cercando …",
    failed: "Non ha funzionato. Il Suo messaggio è ancora qui.",
    sendAgain: "Invia di nuovo",
    openLink: "Vai alla pagina",
    examples: "Per esempio",
    answerReady: "Nuova risposta:",
    language: "Lingua",
    noScript: "La chat ha bisogno di JavaScript. Può anche chiamare il 115, il numero degli uffici pubblici.",
    demoBanner: "Dimostrazione: alcune offerte sono inventate.",
  },
  languageNames,
};
