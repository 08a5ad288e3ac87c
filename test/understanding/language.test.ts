import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readContent } from "../../src/catalogue/content-files.ts";
import { languages } from "../../src/core/languages.ts";
import type { Recogniser } from "../../src/core/understanding.ts";
import { openContentSource, projectRoot } from "../../src/node-content.ts";
import { createConceptFinder } from "../../src/text/concepts.ts";
import { createRecogniser } from "../../src/understanding/recogniser.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";

let recogniser: Recogniser;

beforeAll(async () => {
  const source = await openContentSource({
    root: projectRoot,
    demo: false,
    cacheDir: join(await trainedCache(), "cache"),
    onProgress: () => undefined,
  });
  const { districts, concepts, crises } = await source.read();
  recogniser = createRecogniser(await source.models(), {
    findConcepts: createConceptFinder(concepts),
    crisisConcepts: crises.concepts,
    districts,
    now: () => new Date("2026-11-22T10:00:00Z"),
  });
}, trainingMs);

const spoken: Readonly<Record<(typeof languages)[number], readonly string[]>> = {
  de: [
    "Wo finde ich einen Kita-Platz in Sendling?",
    "i hob koa wohnung mehr",
    "sperrmuell anmelden",
    "ich will eine firma gründen",
    "Meine Mama braucht Pflege",
    "mei bua braucht nachhilfe",
  ],
  en: [
    "I lost my passport",
    "how can i volunteer",
    "Where can I learn German for free?",
    "my mother needs care at home",
    "I need a doctor tonight",
    "apply for housing benefit",
  ],
  tr: [
    "Çocuğum için kreş arıyorum",
    "Evimi kaybettim, nerede kalabilirim?",
    "Almanca kursu istiyorum",
    "Annem bakıma muhtaç",
    "Pasaportumu kaybettim",
    "Borçlarımı ödeyemiyorum",
  ],
  uk: [
    "Шукаю місце в дитячому садку",
    "Де можна вивчити німецьку безкоштовно?",
    "Я загубила паспорт",
    "Мені потрібна допомога з житлом",
    "Як оформити допомогу на дитину?",
    "Моя мама потребує догляду",
  ],
  ru: [
    "Ищу место в детском саду",
    "Где можно бесплатно выучить немецкий?",
    "Я потерял паспорт",
    "Мне нужна помощь с жильём",
    "Как оформить пособие на ребёнка?",
    "Маме нужен уход на дому",
  ],
  ar: [
    "أبحث عن مكان في روضة أطفال",
    "أين أتعلم الألمانية مجانًا؟",
    "لقد فقدت جواز سفري",
    "أحتاج إلى مساعدة في السكن",
    "أمي تحتاج إلى رعاية",
    "كيف أسجل عنواني الجديد؟",
  ],
  it: [
    "Cerco un posto all'asilo nido",
    "Dove posso imparare il tedesco gratis?",
    "Ho perso il passaporto",
    "Mia madre ha bisogno di assistenza",
    "Ho bisogno di aiuto con l'affitto",
    "Come posso fare volontariato?",
  ],
  fr: [
    "Je cherche une place en crèche",
    "Où apprendre l'allemand gratuitement ?",
    "J'ai perdu mon passeport",
    "Ma mère a besoin de soins à domicile",
    "J'ai besoin d'aide pour le loyer",
    "Comment devenir bénévole ?",
  ],
  hr: [
    "Tražim mjesto u vrtiću",
    "Gdje mogu besplatno učiti njemački?",
    "Izgubio sam putovnicu",
    "Mojoj majci treba njega",
    "Trebam pomoć oko stana",
    "Gdje je najbliži ured za prijavu?",
  ],
};

describe("each language that is spoken here is told from the others", () => {
  it.each(languages.flatMap((lang) => spoken[lang].map((text) => [lang, text] as const)))("%s: %s", (lang, text) => {
    expect(recogniser.detectLanguage(text)).toMatchObject({ kind: "spoken", lang });
  });
});

const foreign: Readonly<Record<string, readonly string[]>> = {
  Polish: [
    "Szukam miejsca w przedszkolu dla mojego dziecka",
    "Zgubiłem paszport, co mam robić?",
    "Potrzebuję pomocy w znalezieniu mieszkania",
    "Gdzie mogę nauczyć się niemieckiego?",
    "Moja matka potrzebuje opieki w domu",
  ],
  Romanian: [
    "Caut un loc la grădiniță pentru copilul meu",
    "Mi-am pierdut pașaportul, ce fac?",
    "Am nevoie de ajutor pentru a găsi o locuință",
    "Unde pot învăța limba germană?",
    "Mama mea are nevoie de îngrijire acasă",
  ],
  Persian: [
    "من به دنبال مهدکودک برای فرزندم هستم",
    "گذرنامه‌ام را گم کرده‌ام، چه کار کنم؟",
    "برای پیدا کردن خانه به کمک نیاز دارم",
    "کجا می‌توانم زبان آلمانی یاد بگیرم؟",
    "مادرم به مراقبت در خانه نیاز دارد",
  ],
  Bulgarian: [
    "Търся място в детска градина за детето ми",
    "Загубих си паспорта, какво да правя?",
    "Имам нужда от помощ за намиране на жилище",
    "Къде мога да уча немски език?",
    "Майка ми има нужда от грижи у дома",
    "Как да си намеря работа в Мюнхен?",
    "Колко струва детската градина?",
    "Имам нужда от помощ с документите",
  ],
  Spanish: [
    "Busco una plaza en la guardería para mi hijo",
    "He perdido el pasaporte, ¿qué hago?",
    "Necesito ayuda para encontrar un piso",
    "¿Dónde puedo aprender alemán?",
    "Mi madre necesita cuidados en casa",
  ],
  Hungarian: [
    "Óvodai helyet keresek a gyermekemnek",
    "Elvesztettem az útlevelemet, mit tegyek?",
    "Segítségre van szükségem a lakáskereséshez",
    "Hol tanulhatok németül?",
    "Édesanyámnak otthoni ápolásra van szüksége",
  ],
  Somali: [
    "Waxaan u raadinayaa ilmahayga meel xannaano",
    "Waxaan lumiyay baasaboorkayga, maxaan sameeyaa?",
    "Waxaan u baahanahay caawimaad guri",
    "Halkee ayaan ka baran karaa Jarmalka?",
    "Hooyaday waxay u baahan tahay daryeel guriga",
  ],
};

/** How many are told at least: the short ones of a language close to one that is spoken here are the hard ones. */
const least: Readonly<Record<string, number>> = { Polish: 5, Romanian: 5, Persian: 5, Bulgarian: 7, Spanish: 5, Hungarian: 5, Somali: 4 };

describe("a language that is not spoken here is not taken for one that is", () => {
  it.each(Object.entries(foreign))("%s", (name, texts) => {
    const taken = texts.filter((text) => recogniser.detectLanguage(text).kind === "spoken");
    expect(texts.length - taken.length, taken.join("\n")).toBeGreaterThanOrEqual(least[name] ?? 5);
  });

  it("and is named where it is told", () => {
    expect(recogniser.detectLanguage("Szukam miejsca w przedszkolu dla mojego dziecka")).toEqual({ kind: "foreign", code: "pl" });
    expect(recogniser.detectLanguage("Óvodai helyet keresek a gyermekemnek")).toEqual({ kind: "foreign", code: "hu" });
  });
});

describe("what is in no language", () => {
  it.each(["", "?", "42", "👍👍", "081371", "a"])("%j", (text) => {
    expect(recogniser.detectLanguage(text)).toEqual({ kind: "unknown" });
  });
});

it("the intents' own test sentences are told apart, 97 of 100", async () => {
  const { intents } = await readContent({ root: projectRoot, demo: false });
  const tests = intents.flatMap((intent) => intent.tests).filter(({ text }) => text.split(" ").length >= 3);
  const wrong = tests.filter(({ lang, text }) => {
    const detected = recogniser.detectLanguage(text);
    return detected.kind !== "spoken" || detected.lang !== lang;
  });
  expect(wrong.length / tests.length, wrong.map(({ lang, text }) => `${lang}: ${text}`).join("\n")).toBeLessThan(0.03);
});

describe("one word of few Latin letters", () => {
  it.each(["hi", "ok", "no", "Hey!"])("%s tells no language surely", (text) => {
    const detected = recogniser.detectLanguage(text);
    expect(detected.kind === "spoken" && detected.certain).toBe(false);
  });

  it("a longer one, one in other letters or a short sentence does", () => {
    for (const text of ["danke", "привет", "thank you"])
      expect(recogniser.detectLanguage(text)).toMatchObject({ kind: "spoken", certain: true });
  });
});
