import { describe, expect, it } from "vitest";
import { findLanguageName, findSpokenLanguage } from "../../src/understanding/spoken-language.ts";
import { bestMsOf } from "../support/timing.ts";

describe("the language that somebody wants to be served in", () => {
  it.each([
    ["Arzt auf Türkisch", "tr"],
    ["Beratung auf Arabisch", "ar"],
    ["Ich suche eine russischsprachige Therapeutin", "ru"],
    ["Hebamme, die Somali spricht", "so"],
    ["wer spricht Tigrinya beim Amt?", "ti"],
    ["gibt es jemanden der Dari spricht", "fa"],
    ["Sozialberatung in türkischer Sprache", "tr"],
    ["Sprechen Sie Polnisch?", "pl"],
    ["mama spricht nur griechisch, wer hilft", "el"],
    ["Ich spreche nur Englisch, wo bekomme ich Hilfe", "en"],
    ["Dolmetscher Deutsch-Vietnamesisch", "vi"],
    ["Yogakurs auf Englisch", "en"],
    ["Deutschkurs auf Ukrainisch erklärt", "uk"],
    ["rumänisch sprechende Ärztin", "ro"],
    ["Hilfe in Gebärdensprache", "gsg"],
    ["auf Deutsch bitte", "de"],
    ["Wird bei der Leitstelle auch Englisch gesprochen?", "en"],
    ["Dolmetscherin für Ukrainisch gesucht", "uk"],
    ["Beratung auf Farsi", "fa"],
    ["gibts des aa auf englisch", "en"],
    ["oana der wo türkisch redt", "tr"],
    ["Kann mir jemand auf Kurdisch helfen", "ku"],
    ["a doctor who speaks English", "en"],
    ["a midwife who speaks French, not far away", "fr"],
    ["French speaking doctor", "fr"],
    ["Spanish-speaking midwife", "es"],
    ["counselling in Arabic", "ar"],
    ["does anyone there speak Amharic", "am"],
    ["Arabic interpreter for the hospital", "ar"],
    ["in sign language please", "gsg"],
    ["I only speak Portuguese", "pt"],
    ["türkçe bilen doktor", "tr"],
    ["Türkçe konuşan danışman arıyorum", "tr"],
    ["arapça konuşan ebe", "ar"],
    ["Kürtçe destek var mı", "ku"],
    ["консультація українською, лікар розмовляє українською", "uk"],
    ["лікар, що говорить українською", "uk"],
    ["україномовний психолог", "uk"],
    ["консультація англійською мовою", "en"],
    ["врач говорит на русском", "ru"],
    ["желательно русскоговорящая", "ru"],
    ["русскоязычный юрист", "ru"],
    ["консультация на польском", "pl"],
    ["кто-нибудь говорит по-русски?", "ru"],
    ["استشارة بالعربية", "ar"],
    ["مساعدة بالفارسية", "fa"],
    ["طبيب يتكلم عربي", "ar"],
    ["دكتورة بتحكي تركي", "tr"],
    ["موظف يتحدث اللغة العربية", "ar"],
    ["un medico che parla inglese", "en"],
    ["consulenza in italiano", "it"],
    ["qualcuno che parli l'arabo", "ar"],
    ["uno psicologo di lingua russa", "ru"],
    ["un médecin qui parle arabe", "ar"],
    ["une psychologue francophone", "fr"],
    ["des conseils en français", "fr"],
    ["atención en español", "es"],
    ["savjetovanje na ruskom", "ru"],
    ["liječnik koji govori hrvatski", "hr"],
    ["pomoć na engleskom", "en"],
    ["doktor koji govori albanski", "sq"],
    ["može li netko na srpskom", "sr"],
    ["bez kursa, samo razgovor na bosanskom", "bs"],
  ])("%s → %s", (text, code) => {
    expect(findSpokenLanguage(text)).toBe(code);
  });

  it.each([
    "Ich suche einen Deutschkurs",
    "Sprachkurs Deutsch kostenlos",
    "Englisch lernen",
    "Nachhilfe in Englisch",
    "Nachhilfe in Deutsch für meine Tochter",
    "türkisches Essen",
    "in deutschen Ämtern",
    "in der türkischen Gemeinde",
    "ich habe einen ukrainischen Pass",
    "Ich spreche kein Deutsch",
    "die Seite für den Termin ist nur auf Deutsch und ich verstehe nichts",
    "бариста, говорю по-английски, где набирают",
    "ich kann nur wenig Deutsch",
    "mein Mann spricht nicht gut Deutsch",
    "Brief auf Deutsch bekommen, verstehe nichts",
    "Ich spreche Arabisch und will gern helfen",
    "Deutsch sprechen üben",
    "Wo kann ich besser Deutsch lernen",
    "Wohnung beim Arabellapark",
    "I want to learn German",
    "I don't speak German",
    "German course for beginners",
    "help with English homework",
    "I got a letter in German",
    "almanca kursu arıyorum",
    "Almanca bilmiyorum",
    "Türkçe",
    "курси німецької мови",
    "хочу вивчити німецьку",
    "я не розмовляю німецькою",
    "курсы немецкого",
    "плохо говорю по-немецки",
    "ребенок учит русский",
    "دورة لغة المانية",
    "لا اتكلم الالمانية",
    "اريد ان اتعلم الالمانية",
    "corso di tedesco",
    "non parlo tedesco",
    "cucina italiana",
    "cours d'allemand",
    "je ne parle pas allemand",
    "tečaj njemačkog",
    "ne govorim njemački",
    "hrvatska putovnica",
    "Wo ist eine Kita?",
    "",
  ])("is not named in: %s", (text) => {
    expect(findSpokenLanguage(text)).toBeUndefined();
  });

  it("is told in a moment from long near-matches", () => {
    for (const part of ["spricht nur ", "auf deutsch ", "türkçe ", "на русском ", "dolmetscher für "]) {
      const text = part.repeat(10_000 / part.length);
      expect(
        bestMsOf(() => findSpokenLanguage(text)),
        part,
      ).toBeLessThan(50);
    }
  });

  it("is told from a language that is only named", () => {
    expect(findLanguageName("Englisch lernen")).toBe("en");
    expect(findLanguageName("auf Polnisch bitte")).toBe("pl");
    expect(findLanguageName("Wo ist eine Kita?")).toBeUndefined();
  });
});
