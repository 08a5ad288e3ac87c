import { describe, expect, it } from "vitest";
import { findWishes } from "../../src/understanding/catalogue-wishes.ts";

describe("what is open now", () => {
  it.each([
    "Hat das Bürgerbüro jetzt offen?",
    "Welche Bücherei ist gerade geöffnet",
    "is de Tafel jetz no offn?",
    "Is any library open right now?",
    "Şu an açık bir kütüphane var mı?",
    "Яка бібліотека зараз відчинена?",
    "Какая библиотека сейчас открыта?",
    "هل المكتبة مفتوحة الآن؟",
    "C'è una biblioteca aperta adesso?",
    "Quelle bibliothèque est ouverte maintenant ?",
    "Koja knjižnica je sada otvorena?",
  ])("is heard in: %s", (text) => {
    expect(findWishes(text)?.openNow).toBe(true);
  });

  it.each([
    "Wann hat das Bürgerbüro offen?",
    "Ich bin jetzt auf Wohnungssuche",
    "Welche Plätze sind noch offen?",
    "When does the library open?",
    "Are applications still open?",
  ])("is not heard in: %s", (text) => {
    expect(findWishes(text)?.openNow).toBeUndefined();
  });
});

describe("fields and states of measures", () => {
  it.each([
    ["Welche Maßnahmen der Verwaltung laufen gerade?", "verwaltung", "running"],
    ["Was ist bei der Infrastruktur geplant?", "infrastruktur", "planned"],
    ["Which measures for urban society are finished?", "stadtgesellschaft", "done"],
    ["Altyapı için planlanan çalışmalar", "infrastruktur", "planned"],
    ["Які заходи в інфраструктурі заплановані?", "infrastruktur", "planned"],
    ["Какие проекты администрации завершены?", "verwaltung", "done"],
    ["ما هي مشاريع البنية التحتية المخطط لها؟", "infrastruktur", "planned"],
    ["Quali misure dell'amministrazione sono in corso?", "verwaltung", "running"],
    ["Quelles mesures pour la société sont prévues ?", "stadtgesellschaft", undefined],
    ["Koji projekti uprave su završeni?", "verwaltung", "done"],
  ])("are heard in: %s", (text, field, status) => {
    expect(findWishes(text)).toMatchObject({ field, ...(status === undefined ? {} : { status }) });
  });

  it("are absent where nothing of them is said", () => {
    expect(findWishes("Wo finde ich einen Kita-Platz?")).toBeUndefined();
  });
});
