import { describe, expect, it } from "vitest";
import type { Lang } from "../../src/core/languages.ts";
import { findDates } from "../../src/understanding/dates.ts";
import { bestMsOf } from "../support/timing.ts";

/** A Wednesday noon in Munich. */
const now = new Date("2026-11-18T11:00:00Z");

type Case = readonly [text: string, from: string, to?: string];

const said: { readonly [lang in Lang]: readonly Case[] } = {
  de: [
    ["Was ist morgen los?", "2026-11-19"],
    ["Was ist heute Abend los?", "2026-11-18"],
    ["übermorgen", "2026-11-20"],
    ["am 24. Dezember", "2026-12-24"],
    ["am 3. Januar 2027", "2027-01-03"],
    ["am 03.12.", "2026-12-03"],
    ["am 03.12.2026", "2026-12-03"],
    ["am 3.12 um 10 Uhr", "2026-12-03"],
    ["am 3.1.", "2027-01-03"],
    ["am Wochenende", "2026-11-21", "2026-11-22"],
    ["dieses Wochenende", "2026-11-21", "2026-11-22"],
    ["nächstes Wochenende", "2026-11-28", "2026-11-29"],
    ["nächste Woche", "2026-11-23", "2026-11-29"],
    ["nächste Woche Montag", "2026-11-23"],
    ["Montag nächste Woche", "2026-11-23"],
    ["nächste Woche am Freitag", "2026-11-27"],
    ["diese Woche", "2026-11-18", "2026-11-22"],
    ["morgen früh", "2026-11-19"],
    ["morgen nachmittag", "2026-11-19"],
    ["am Freitag nachmittags", "2026-11-20"],
    ["am Freitag", "2026-11-20"],
    ["Samstagabend", "2026-11-21"],
    ["nächsten Montag", "2026-11-23"],
    ["bis Freitag", "2026-11-18", "2026-11-20"],
    ["von Montag bis Freitag", "2026-11-23", "2026-11-27"],
    ["vom 3. bis 5. Dezember", "2026-12-03", "2026-12-05"],
    ["in drei Tagen", "2026-11-21"],
    ["in den Pfingstferien", "2027-05-18", "2027-05-28"],
    ["in den Osterferien", "2027-03-22", "2027-04-02"],
    ["Faschingsferien Programm", "2027-02-08", "2027-02-12"],
    ["nächsten Monat", "2026-12-01", "2026-12-31"],
    ["wos is heid los", "2026-11-18"],
    ["gehts moing aa", "2026-11-19"],
    ["am Samsdog in Giasing", "2026-11-21"],
  ],
  en: [
    ["tomorrow", "2026-11-19"],
    ["what's on tonight", "2026-11-18"],
    ["the day after tomorrow", "2026-11-20"],
    ["on December 24", "2026-12-24"],
    ["on the 3rd of December", "2026-12-03"],
    ["next Friday", "2026-11-20"],
    ["this weekend", "2026-11-21", "2026-11-22"],
    ["next week", "2026-11-23", "2026-11-29"],
    ["next week on Tuesday", "2026-11-24"],
    ["by Friday", "2026-11-18", "2026-11-20"],
    ["on Saturday morning", "2026-11-21"],
    ["from 1 December to 5 December", "2026-12-01", "2026-12-05"],
    ["next month", "2026-12-01", "2026-12-31"],
    ["in two weeks", "2026-12-02"],
  ],
  tr: [
    ["yarın açık mı", "2026-11-19"],
    ["bugün ne var", "2026-11-18"],
    ["bu hafta sonu", "2026-11-21", "2026-11-22"],
    ["gelecek hafta", "2026-11-23", "2026-11-29"],
    ["haftaya pazartesi", "2026-11-23"],
    ["cuma günü", "2026-11-20"],
    ["pazar günü", "2026-11-22"],
    ["24 Aralık", "2026-12-24"],
    ["öbür gün", "2026-11-20"],
  ],
  uk: [
    ["що відбувається сьогодні", "2026-11-18"],
    ["завтра вранці", "2026-11-19"],
    ["післязавтра", "2026-11-20"],
    ["на вихідних", "2026-11-21", "2026-11-22"],
    ["наступного тижня", "2026-11-23", "2026-11-29"],
    ["у п'ятницю", "2026-11-20"],
    ["в суботу", "2026-11-21"],
    ["в понеділок наступного тижня", "2026-11-23"],
    ["24 грудня", "2026-12-24"],
  ],
  ru: [
    ["что сегодня", "2026-11-18"],
    ["завтра", "2026-11-19"],
    ["послезавтра", "2026-11-20"],
    ["на выходных", "2026-11-21", "2026-11-22"],
    ["на следующей неделе", "2026-11-23", "2026-11-29"],
    ["в субботу", "2026-11-21"],
    ["в следующий понедельник", "2026-11-23"],
    ["3 декабря", "2026-12-03"],
    ["03.12.2026", "2026-12-03"],
  ],
  ar: [
    ["ماذا يوجد اليوم", "2026-11-18"],
    ["غدا صباحا", "2026-11-19"],
    ["بكرا", "2026-11-19"],
    ["بعد غد", "2026-11-20"],
    ["في نهاية الأسبوع", "2026-11-21", "2026-11-22"],
    ["الأسبوع القادم", "2026-11-23", "2026-11-29"],
    ["يوم الجمعة", "2026-11-20"],
    ["يوم السبت", "2026-11-21"],
    ["٢٤ ديسمبر", "2026-12-24"],
  ],
  it: [
    ["cosa c'è oggi", "2026-11-18"],
    ["domani mattina", "2026-11-19"],
    ["dopodomani", "2026-11-20"],
    ["questo fine settimana", "2026-11-21", "2026-11-22"],
    ["la prossima settimana", "2026-11-23", "2026-11-29"],
    ["settimana prossima", "2026-11-23", "2026-11-29"],
    ["sabato", "2026-11-21"],
    ["venerdì sera", "2026-11-20"],
    ["il 3 dicembre", "2026-12-03"],
  ],
  fr: [
    ["aujourd'hui", "2026-11-18"],
    ["demain matin", "2026-11-19"],
    ["après-demain", "2026-11-20"],
    ["ce week-end", "2026-11-21", "2026-11-22"],
    ["la semaine prochaine", "2026-11-23", "2026-11-29"],
    ["samedi", "2026-11-21"],
    ["lundi prochain", "2026-11-23"],
    ["le 3 décembre", "2026-12-03"],
    ["ce soir", "2026-11-18"],
  ],
  hr: [
    ["što ima danas", "2026-11-18"],
    ["sutra ujutro", "2026-11-19"],
    ["prekosutra", "2026-11-20"],
    ["za vikend", "2026-11-21", "2026-11-22"],
    ["sljedeći tjedan", "2026-11-23", "2026-11-29"],
    ["sledeće nedelje", "2026-11-23", "2026-11-29"],
    ["u subotu", "2026-11-21"],
    ["u nedjelju", "2026-11-22"],
    ["3. prosinca", "2026-12-03"],
  ],
};

describe.each(Object.entries(said))("days that are said in %s", (lang, cases) => {
  it.each(cases.map(([text, from, to]) => ({ text, from, to })))("$text → $from $to", ({ text, from, to }) => {
    expect(findDates(text, lang as Lang, now)).toEqual({ from, ...(to === undefined ? {} : { to }), when: expect.any(String) });
  });
});

describe("words of time without a day", () => {
  it.each<readonly [string, string]>([
    ["Angebote nachmittags", "nachmittags"],
    ["was kann man in den Sommerferien machen", "Sommerferien"],
    ["Herbstferien Betreuung", "Herbstferien"],
  ])("%s → %s", (text, when) => {
    expect(findDates(text, "de", now)).toEqual({ when });
  });
});

describe("the words of a date", () => {
  it.each<readonly [string, Lang, string]>([
    ["Was ist am 24. Dezember los?", "de", "24. Dezember"],
    ["geht das morgen Nachmittag?", "de", "morgen Nachmittag"],
    ["ist am Wochenende was los", "de", "Wochenende"],
    ["nächste Woche Montag bitte", "de", "nächste Woche Montag"],
    ["qualcosa la prossima settimana?", "it", "prossima settimana"],
  ])("are kept: %s → %s", (text, lang, when) => {
    expect(findDates(text, lang, now).when).toBe(when);
  });
});

describe("the day it is", () => {
  it("is counted in Munich, not in Greenwich", () => {
    expect(findDates("heute", "de", new Date("2026-07-01T22:30:00Z")).from).toBe("2026-07-02");
  });

  it("is the first of a weekend that has begun", () => {
    const sunday = new Date("2026-11-22T10:00:00Z");
    expect(findDates("am Wochenende", "de", sunday)).toEqual({ from: "2026-11-22", to: "2026-11-22", when: "Wochenende" });
    expect(findDates("am Sonntag", "de", sunday).from).toBe("2026-11-22");
    expect(findDates("nächste Woche", "de", sunday)).toEqual({ from: "2026-11-23", to: "2026-11-29", when: "nächste Woche" });
  });
});

describe("no dates", () => {
  it.each<readonly [string, Lang]>([
    ["mon fils a 4 ans", "fr"],
    ["mon fils cherche une place", "de"],
    ["so eine Frechheit", "de"],
    ["so schnell wie möglich", "de"],
    ["Mo, ich brauche Hilfe", "de"],
    ["Ich habe im Moment keine Wohnung", "de"],
    ["ich brauche jetzt Hilfe", "de"],
    ["sofort", "de"],
    ["gestern war ich beim Amt", "de"],
    ["seit letztem Jahr warte ich", "de"],
    ["seit Montag krank", "de"],
    ["letzten Freitag", "de"],
    ["jeden Dienstag", "de"],
    ["montags geschlossen?", "de"],
    ["Guten Morgen", "de"],
    ["am Morgen ist mir schlecht", "de"],
    ["heute habe ich die Kündigung bekommen", "de"],
    ["am 3. Januar 2020 geboren", "de"],
    ["rente 1100, miete 850", "de"],
    ["Kita für 3 Kinder", "de"],
    ["seit 3 Jahren", "de"],
    ["mit 70", "de"],
    ["089 233 96771", "de"],
    ["Note 1,3 bekommen", "de"],
    ["am 31.02.", "de"],
    ["I may need help", "en"],
    ["my son is 4", "en"],
    ["I sat down", "en"],
    ["now", "en"],
    ["since last year", "en"],
    ["last Monday", "en"],
    ["every Sunday", "en"],
    ["from 9 to 5", "en"],
    ["the sun is shining", "en"],
    ["geçen hafta", "tr"],
    ["her pazartesi", "tr"],
    ["pazar alışverişi", "tr"],
    ["минулого тижня", "uk"],
    ["середня школа", "uk"],
    ["в мае", "ru"],
    ["каждый вторник", "ru"],
    ["две недели назад", "ru"],
    ["الأسبوع الماضي", "ar"],
    ["كل يوم", "ar"],
    ["la settimana scorsa", "it"],
    ["ogni sabato", "it"],
    ["aperto il sabato", "it"],
    ["cours le mardi", "fr"],
    ["Good Friday", "en"],
    ["bin in woche 4", "de"],
    ["gdje učiti vikendom", "hr"],
    ["la semaine dernière", "fr"],
    ["chaque lundi", "fr"],
    ["prošli tjedan", "hr"],
    ["svaki petak", "hr"],
    ["", "de"],
  ])("%s", (text, lang) => {
    expect(findDates(text, lang, now)).toEqual({});
  });

  it("are read in a moment from long near-matches", () => {
    for (const text of [
      "am 3. ".repeat(1600),
      "nächste Woche bis ".repeat(550),
      "1.".repeat(5000),
      "next ".repeat(2000),
      "montag bis ".repeat(900),
    ]) {
      expect(
        bestMsOf(() => findDates(text, "de", now)),
        text.slice(0, 12),
      ).toBeLessThan(50);
    }
  });
});

describe("days of a told story", () => {
  it.each([
    ["Ich bin seit März krank und brauche Hilfe im Haushalt", "de"],
    ["Meine Oma ist am Mittwoch verstorben, wo bekomme ich die Urkunde?", "de"],
    ["Wir sind am 3. Mai hergezogen, was muss ich tun?", "de"],
    ["The burglary was on Monday, who helps victims?", "en"],
  ] as const)("are no wish: %s", (text, lang) => {
    expect(findDates(text, lang, now)).toEqual({});
  });

  it("are left out before the day that is asked for", () => {
    const story =
      "Ich hab heute die ganze Wohnung aufgeräumt. Gestern kam der Brief vom Amt, der liegt jetzt seit Stunden auf dem Küchentisch bei den anderen. Hat morgen jemand offen, der ihn mir erklärt?";
    expect(findDates(story, "de", now)).toMatchObject({ when: "morgen" });
    const appointment = "Mein Termin war am 12.10., jetzt brauche ich einen neuen am 3.12.";
    expect(findDates(appointment, "de", now)).toMatchObject({ from: expect.stringMatching(/-12-03$/) });
  });
});
