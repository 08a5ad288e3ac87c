/** A topic of the start page with questions as people ask them. */
interface Topic {
  readonly title: string;
  readonly questions: readonly string[];
}

/** What the start page shows in German and English; the other languages have the three questions of their words. */
export const topics: Readonly<Partial<Record<string, readonly Topic[]>>> = {
  de: [
    {
      title: "Kinder und Familie",
      questions: ["Wo finde ich einen Kita-Platz in Sendling?", "Wie bekomme ich Eltern-Geld?", "Ich brauche eine Hebamme"],
    },
    {
      title: "Pflege und Alter",
      questions: ["Meine Mutter braucht Pflege", "Wer hilft meiner Oma beim Putzen?", "Treffpunkt für Senioren in Pasing"],
    },
    {
      title: "Wohnen",
      questions: ["Mein Vermieter hat mir gekündigt", "Wie bekomme ich Wohngeld?", "Wie beantrage ich eine Sozial-Wohnung?"],
    },
    {
      title: "Geld und Arbeit",
      questions: ["Ich kann meine Schulden nicht zahlen", "Wo bekomme ich günstig Essen?", "Ich suche einen Deutschkurs"],
    },
    {
      title: "Ausweis und Meldung",
      questions: ["Mein Personalausweis ist abgelaufen", "Wie melde ich meine Wohnung um?", "Ich brauche ein Führungszeugnis"],
    },
    {
      title: "Alltag und Stadt",
      questions: ["Wohin mit dem Sperrmüll?", "Wo kann ich mitreden in meinem Viertel?", "Ich möchte ehrenamtlich helfen"],
    },
  ],
  en: [
    {
      title: "Children and family",
      questions: ["Where can I find a day care place in Sendling?", "How do I get parental allowance?", "I need a midwife"],
    },
    {
      title: "Care and old age",
      questions: ["My mother needs care", "Who helps my grandmother with shopping and cleaning?", "Where do seniors meet in Pasing?"],
    },
    {
      title: "Housing",
      questions: ["My landlord has given me notice", "How do I get housing benefit?", "How do I apply for social housing?"],
    },
    { title: "Money and work", questions: ["I cannot pay my debts", "Where can I get cheap food?", "I am looking for a German course"] },
    {
      title: "Identity card and registration",
      questions: ["My identity card has expired", "How do I register my new address?", "I need a certificate of conduct"],
    },
    {
      title: "Everyday life",
      questions: ["How do I get rid of bulky waste?", "Where can I have a say in my district?", "I want to volunteer"],
    },
  ],
};
