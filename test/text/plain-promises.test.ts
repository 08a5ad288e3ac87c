import { describe, expect, it } from "vitest";
import { languages } from "../../src/core/languages.ts";
import { checkPlainText, findPromises, passesGate } from "../../src/text/plain/check.ts";

/** What a model might say and the assistant never does: entitlement, advice at law, diagnosis, chances. */
const banned = {
  de: [
    "Sie haben Anspruch auf Wohngeld.",
    "Sie haben einen Rechtsanspruch darauf.",
    "Ihnen steht Kindergeld zu.",
    "Das Geld steht Ihnen in jedem Fall zu.",
    "Sie bekommen sicher einen Platz.",
    "Sie erhalten Bürgergeld.",
    "Dann bekommen Sie die Wohnung.",
    "Sie sind anspruchsberechtigt.",
    "Sie erfüllen alle Voraussetzungen.",
    "Sie können mit Wohngeld rechnen.",
    "Das Wohngeld ist Ihr gutes Recht.",
    "Das Amt zahlt Ihre Miete auf jeden Fall.",
    "Alle Kinder ab 1 Jahr haben einen Anspruch auf einen Platz.",
    "Anspruch auf das Geld haben Familien.",
    "Legen Sie gegen den Bescheid Widerspruch ein.",
    "Die Kündigung ist unwirksam.",
    "Ihr Vermieter darf das nicht.",
    "Sie haben eine Depression.",
    "Sie haben vielleicht eine schwere Depression.",
    "Das klingt nach einer Depression.",
    "Sie sind süchtig.",
    "Sie haben gute Chancen.",
    "Ihre Chancen stehen gut.",
    "Ihr Antrag wird sicher bewilligt.",
  ],
  en: [
    "You are entitled to housing benefit.",
    "You have a legal right to a place.",
    "You will get the money.",
    "You meet all requirements.",
    "You are sure to get it.",
    "You should sue your landlord.",
    "The notice is invalid.",
    "You have depression.",
    "You have good chances.",
    "Your application will be approved.",
  ],
  tr: [
    "Kira yardımı alırsınız.",
    "Şartları karşılıyorsunuz.",
    "Kira yardımı almaya hakkınız var.",
    "Mutlaka para alırsınız.",
    "Fesih geçersiz.",
    "Sizde depresyon var.",
    "Şansınız yüksek.",
  ],
  uk: [
    "Ви отримаєте гроші.",
    "Ви відповідаєте умовам.",
    "Ви маєте право на допомогу.",
    "Вам належить допомога.",
    "Подайте до суду.",
    "У вас депресія.",
    "У вас хороші шанси.",
  ],
  ru: [
    "Вы получите пособие.",
    "Вы соответствуете условиям.",
    "Вы имеете право на пособие.",
    "Вам положено пособие.",
    "Подайте в суд.",
    "У вас депрессия.",
    "У вас хорошие шансы.",
  ],
  ar: [
    "ستحصل على المال.",
    "تستوفي الشروط.",
    "لديك الحق في السكن.",
    "يحق لك الحصول على المساعدة.",
    "عليك رفع دعوى.",
    "أنت مصاب بالاكتئاب.",
    "فرصك جيدة.",
  ],
  it: [
    "Riceverà il sussidio.",
    "Soddisfa tutti i requisiti.",
    "Lei ha diritto al sussidio.",
    "Le spetta un contributo.",
    "Presenti ricorso.",
    "Lei ha la depressione.",
    "Ha buone possibilità.",
  ],
  fr: [
    "Vous recevrez une allocation.",
    "Vous remplissez les conditions.",
    "Vous avez droit à une aide.",
    "Vous êtes éligible.",
    "Portez plainte.",
    "Vous avez une dépression.",
    "Vos chances sont bonnes.",
  ],
  hr: [
    "Dobit ćete naknadu.",
    "Ispunjavate uvjete.",
    "Imate pravo na pomoć.",
    "Vama pripada naknada.",
    "Podnesite tužbu.",
    "Imate depresiju.",
    "Imate dobre šanse.",
  ],
} as const satisfies Record<(typeof languages)[number], readonly string[]>;

/** The same words where nothing is promised: offices decide, people ask, places help. */
const allowed = {
  de: [
    "Vielleicht bekommen Sie Wohn-Geld. Das entscheidet das Amt.",
    "Das Amt prüft, ob Sie Anspruch haben.",
    "Haben Sie Anspruch? Das entscheidet das Amt.",
    "Sie bekommen Rente aus dem Ausland?",
    "Hier bekommen Sie Rat.",
    "Sie bekommen einen Code.",
    "Hier finden Menschen mit Depression Hilfe.",
    "Sie haben eine Frage.",
    "Der Verein berät Sie zum Miet-Recht.",
  ],
  en: [
    "You may get money. The office decides.",
    "The office checks whether you are entitled to it.",
    "You have a question.",
    "You will get advice there.",
  ],
  tr: ["Hakkınız var mı? Buna daire karar verir.", "Size yardım ediyoruz."],
  uk: ["Тут допомагають людям з депресією.", "Можливо, вам допоможуть."],
  ru: ["Здесь помогают людям с депрессией.", "Может быть, вам положено пособие."],
  ar: ["هل يحق لك السكن؟", "هنا تجد المساعدة."],
  it: ["Forse ha diritto al sussidio.", "Qui trova aiuto."],
  fr: ["Vous avez peut-être une question.", "L'office décide si vous avez droit à une aide."],
  hr: ["Možda imate pravo na pomoć.", "Ovdje dobijete pomoć."],
} as const satisfies Record<(typeof languages)[number], readonly string[]>;

describe.each(languages)("in %s", (lang) => {
  it.each(banned[lang])("is refused: %s", (text) => {
    expect(findPromises(text)).toMatchObject([{ rule: "promise", level: "error" }]);
    expect(passesGate(text)).toBe(false);
  });

  it.each(allowed[lang])("is let pass: %s", (text) => {
    expect(findPromises(text)).toEqual([]);
  });
});

describe("the ban on promises", () => {
  it("is not lifted by a hedge in another clause", () => {
    expect(findPromises("Vielleicht wissen Sie es nicht: Sie haben Anspruch auf Geld.")).toHaveLength(1);
    expect(findPromises("Sie haben Anspruch darauf, wussten Sie das?")).toHaveLength(1);
    expect(findPromises("Wenn Sie wollen, kommen Sie. Ihnen steht Geld zu.")).toHaveLength(1);
  });

  it("reads names, too", () => {
    const text = "Sie haben Anspruch auf Wohngeld.";
    expect(checkPlainText(text, [text]).map(({ rule }) => rule)).toEqual(["promise"]);
  });

  it("marks what is said and suggests how to say it", () => {
    expect(findPromises("Gut: Ihnen steht Geld zu.")).toMatchObject([
      { found: "Ihnen steht Geld zu", start: 5, suggestion: "Schreiben Sie: Vielleicht bekommen Sie … Das entscheidet das Amt." },
    ]);
  });
});
