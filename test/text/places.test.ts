import { beforeAll, describe, expect, it } from "vitest";
import { readContent } from "../../src/catalogue/content-files.ts";
import type { District } from "../../src/core/offer.ts";
import { projectRoot } from "../../src/node-content.ts";
import { createPlaceFinder, type FoundPlace } from "../../src/text/places.ts";
import { bestMsOf } from "../support/timing.ts";

let districts: readonly District[];
let find: (text: string) => FoundPlace;

beforeAll(async () => {
  districts = (await readContent({ root: projectRoot, demo: false })).districts;
  find = createPlaceFinder(districts);
});

describe("places of Munich", () => {
  it("finds all 25 districts by their official names, also in capitals and without umlauts", () => {
    for (const { name } of districts) {
      expect(find(`Gibt es das in ${name}?`), name).toEqual({ district: name });
      expect(find(name.toUpperCase()), name).toEqual({ district: name });
      expect(find(name.replaceAll("ö", "oe").replaceAll("ü", "ue").toLowerCase()), name).toEqual({ district: name });
    }
  });

  it("finds every quarter with its district", () => {
    for (const { name, quarters } of districts)
      for (const quarter of quarters) expect(find(`Kita in ${quarter}`), quarter).toEqual({ district: name, quarter });
  });

  it("finds every other spelling as one of the districts it is listed under", () => {
    for (const alias of districts.flatMap(({ aliases }) => aliases)) {
      const owners = districts.filter(({ aliases }) => aliases.includes(alias)).map(({ name }) => name);
      expect(owners, alias).toContain(find(alias).district);
    }
  });

  it.each([
    ["Kita in Sendling-Westpark", { district: "Sendling-Westpark" }],
    ["Kita in Sendling", { district: "Sendling" }],
    ["kita sendling westpark", { district: "Sendling-Westpark" }],
    ["Treff am Sendlinger Tor", { district: "Ludwigsvorstadt-Isarvorstadt" }],
    ["beim Pasinger Marienplatz", { district: "Pasing-Obermenzing" }],
    ["am Marienplatz", { district: "Altstadt-Lehel" }],
    ["Neuperlach Süd", { district: "Ramersdorf-Perlach", quarter: "Neuperlach Süd" }],
    ["Neuperlach", { district: "Ramersdorf-Perlach", quarter: "Neuperlach" }],
    ["Parkstadt Schwabing", { district: "Schwabing-Freimann", quarter: "Parkstadt Schwabing" }],
  ])("the longest name wins: %s", (text, expected) => {
    expect(find(text)).toEqual(expected);
  });

  it.each([
    ["Giesing", ["Obergiesing-Fasangarten", "Untergiesing-Harlaching"]],
    ["Schwabing", ["Schwabing-West", "Schwabing-Freimann"]],
  ])("a name of two districts is one of them: %s", (text, expected) => {
    expect(expected).toContain(find(text).district);
    expect(find(text).quarter).toBeUndefined();
  });

  it.each([
    ["eine Sendlinger Kita", "Sendling"],
    ["die Moosacher Bücherei", "Moosach"],
    ["tražim vrtić u Sendlingu", "Sendling"],
    ["Pasing'de kreş arıyorum", "Pasing-Obermenzing"],
    ["Pasingde kreş", "Pasing-Obermenzing"],
    ["cerco un asilo a Bogenhausen", "Bogenhausen"],
    ["une crèche à Neuhausen", "Neuhausen-Nymphenburg"],
    ["детский сад в Пазинге", "Pasing-Obermenzing"],
    ["садочок у Пазінгу", "Pasing-Obermenzing"],
    ["квартира в Мильбертсхофене", "Milbertshofen-Am Hart"],
    ["روضة في باسينغ", "Pasing-Obermenzing"],
    ["حضانة في لايم", "Laim"],
    ["wos gibts in Giasing", "Obergiesing-Fasangarten"],
    ["i wohn in Hasnbergl", "Feldmoching-Hasenbergl"],
    ["ich wohne in Laim", "Laim"],
    ["Kita in Riem", "Trudering-Riem"],
    ["Spielplatz im Lehel", "Altstadt-Lehel"],
    ["Treff in der Au", "Au-Haidhausen"],
    ["Bücherei Am Hart", "Milbertshofen-Am Hart"],
  ])("in other forms, languages and scripts: %s", (text, expected) => {
    expect(find(text).district).toBe(expected);
  });

  it.each<readonly [string, string]>([
    ["у Зендлінгу", "Sendling"],
    ["в Швабинге", "Schwabing-West"],
    ["живемо на Нойгаузені", "Neuhausen"],
    ["в Богенхаузене", "Bogenhausen"],
    ["біля Гайдгаузена", "Haidhausen"],
    ["в Рамерсдорфе", "Ramersdorf"],
    ["живу в Труде́ринге", "Trudering"],
    ["у Перласі", "Perlach"],
    ["на Зендлингер Тор", "Ludwigsvorstadt-Isarvorstadt"],
    ["Мюнхнер Фрайхайт", "Münchner Freiheit"],
    ["Pasing'de", "Pasing"],
    ["Sendling'e yakın", "Sendling"],
    ["Laim'da oturuyorum", "Laim"],
    ["Moosach'ta kreş", "Moosach"],
    ["u Sendlingu", "Sendling"],
    ["iz Laima", "Laim"],
    ["blizu Riema", "Riem"],
    ["بباسينغ", "Pasing"],
    ["في شفابينغ", "Schwabing-West"],
    ["ساكنة بميلبرتسهوفن", "Milbertshofen"],
    ["في هايدهاوزن", "Haidhausen"],
    ["بنويبرلاخ", "Neuperlach"],
    ["في رامرسدورف", "Ramersdorf"],
    ["محطة زيندلينغر تور", "Ludwigsvorstadt-Isarvorstadt"],
    ["in Berg am Loam", "Berg am Laim"],
    ["a Lodn in da Au", "Au"],
    ["drunt in Giasing", "Obergiesing-Fasangarten"],
    ["in Neihausn", "Neuhausen"],
    ["in Neihausen", "Neuhausen"],
    ["z'Feidmoching draußn", "Feldmoching"],
    ["in Untagiasing", "Untergiesing"],
    ["drausd in Lochhausn", "Lochhausen"],
    ["in Owasendling", "Obersendling"],
    ["Haidhausn", "Haidhausen"],
    ["pflegedienst in tudering", "Trudering"],
    ["kita in schwabng", "Schwabing-West"],
    ["flohmarkt theresienwise", "Theresienwiese"],
    ["im olmypiapark", "Olympiapark"],
    ["obermenzig treff", "Obermenzing"],
    ["Kita in Pasnig", "Pasing"],
    ["neu perlach", "Ramersdorf-Perlach"],
    ["in der innen stadt", "Altstadt-Lehel"],
    ["am rotkreuzplatzes", "Neuhausen-Nymphenburg"],
    ["Sen\u200bdling", "Sendling"],
    ["Treff in Gern", "Gern"],
    ["eine Kita in Solln", "Solln"],
    ["bin in die au gezogen", "Au"],
    ["wohnen am hart", "Am Hart"],
  ])("names the quarter, or the district where none is meant: %s → %s", (text, expected) => {
    const { district, quarter } = find(text);
    expect(quarter ?? district).toBe(expected);
    const quarters = districts.find(({ name }) => name === district)?.quarters ?? [];
    expect([undefined, "Au", "Gern", "Solln", ...quarters]).toContain(quarter);
  });

  it("tells names apart that hold each other", () => {
    expect(find("Berg am Laim").district).toBe("Berg am Laim");
    expect(find("Laim").district).toBe("Laim");
    expect(find("Am Hart").quarter).toBe("Am Hart");
    expect(find("Harthof").quarter).toBe("Harthof");
    expect(find("Au-Haidhausen")).toEqual({ district: "Au-Haidhausen" });
    expect(find("Haidhausen-Au")).toEqual({ district: "Au-Haidhausen" });
    expect(find("Untere Au").quarter).toBe("Untere Au");
    expect(find("Obersendling").quarter).toBe("Obersendling");
  });

  it("finds a postcode of Munich, with and without a name, and no other number of five digits", () => {
    expect(find("Kita in 81371")).toEqual({ postcode: "81371" });
    expect(find("81371 Sendling")).toEqual({ postcode: "81371", district: "Sendling" });
    expect(find("Kita in 81371, bitte")).toEqual({ postcode: "81371" });
    for (const text of ["10115 Berlin", "12345 Euro", "813711", "8137", "Aktenzeichen A81371"]) expect(find(text), text).toEqual({});
  });

  it("finds the first of two places", () => {
    expect(find("von Pasing nach Laim").district).toBe("Pasing-Obermenzing");
    expect(find("von Laim nach Pasing").district).toBe("Laim");
  });
});

describe("sentences without a place", () => {
  it.each([
    "Ich brauche eine Wohnung in München",
    "Au weh, ich habe mir den Fuß gebrochen",
    "au secours, j'ai besoin d'aide",
    "Je vais au bureau demain",
    "Das mache ich gern",
    "Ich hätte gern einen Termin",
    "was solln wir machen",
    "Ich lerne Englisch",
    "I am learning English",
    "I am sending you a letter",
    "I am passing by",
    "I want to claim benefits",
    "My time is limited",
    "Das Leben ist hart",
    "Mir geht es am Anfang schlecht",
    "Der Riemen ist gerissen",
    "Mein Lehrer ist krank",
    "Ich hadere mit der Entscheidung",
    "Der Berg ruft",
    "Ich bin am Leim kleben geblieben",
    "Die Altenpflege ist teuer",
    "Mein Sohn geht in die Schule",
    "Was kostet ein Hund?",
    "Wo finde ich einen Park?",
    "Ich suche ein Angebot im Westen",
    "Mein Nachbar ist laut",
    "Ich habe 3 Kinder und 1200 Euro",
    "Çocuğum için kreş arıyorum",
    "Мне нужна помощь с жильём",
    "أحتاج إلى مساعدة",
    "Trebam pomoć oko stana",
    "Ho bisogno di aiuto",
    "Die Messe am Sonntag",
    "Ich will messen lassen",
    "Frieden und Freiheit",
    "Heimweg in der Nacht",
    "Ich bin Au-pair aus Georgien",
    "Gern würde ich mitmachen. Gern auch abends",
    "Solln wir kommen?",
    "mia wohnan in Minga",
    "ich bin am hart arbeiten",
    "Haus alt, Stadt plant neu",
    "I am paying too much rent in town",
    "Allah kerim",
    "слава Аллаху",
    "поездка в Рим",
    "денних груп немає",
    "أريد تحسين لغتي",
    "عيادة طبيبي مغلقة اليوم وحرارتي مرتفعة",
    "zu Ostern ein Ostermarkt",
    "die Sendung ist nicht gekommen",
    "ein flacher Weg",
    "",
  ])("%s", (text) => {
    expect(find(text)).toEqual({});
  });

  it("reads long near-matches in a moment", () => {
    for (const text of [
      "sendlin ".repeat(1250),
      "شفابين ".repeat(1400),
      "Зендлін ".repeat(1250),
      "au ".repeat(3300),
      "a".repeat(10_000),
      "ab".repeat(5000),
      "neu per ".repeat(1250),
    ]) {
      expect(
        bestMsOf(() => find(text)),
        text.slice(0, 8),
      ).toBeLessThan(50);
    }
  });

  it("reads a text of a hundred thousand characters in a moment", () => {
    const started = performance.now();
    expect(find("Wohnung gesucht ".repeat(6000))).toEqual({});
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
