import type { StoredData } from "../core/answer.ts";
import type { Manner } from "../core/composer.ts";
import type { Lang } from "../core/languages.ts";
import type { GeoPoint } from "../core/offer.ts";
import type { Slots } from "../core/understanding.ts";
import { type Words, words } from "../words/words.ts";
import { isolated } from "./format.ts";
import { formatDay } from "./format-moment.ts";

/** What was understood besides the topic, value by value; days as people write them. */
function slotValues(slots: Slots, own: Words, lang: Lang): readonly string[] {
  const { district, quarter, postcode, age, costFree, wheelchair, language, from, to, when } = slots;
  const values = [
    quarter,
    district,
    postcode,
    age === undefined ? undefined : own.myData.age(age),
    costFree === true ? own.free : undefined,
    wheelchair === true ? own.wheelchair : undefined,
    language === undefined ? undefined : new Intl.DisplayNames(lang, { type: "language" }).of(language),
    [from, to].flatMap((day) => (day === undefined ? [] : [formatDay(day, lang)])).join(" – "),
    when,
  ];
  return values.flatMap((value) => value || []);
}

/** A place that was shared, as it is kept: to a kilometre. */
function placeValue(origin: GeoPoint | undefined, lang: Lang): readonly string[] {
  return origin === undefined ? [] : [isolated(`${origin.lat}, ${origin.lon}`, lang)];
}

function searchLines(search: StoredData["search"], lang: Lang, needLabel: (id: string) => string | undefined): readonly string[] {
  if (search === undefined) return [];
  const { myData } = words[lang];
  const understood = [
    ...search.needs.flatMap((id) => needLabel(id) ?? []),
    ...slotValues(search.slots, words[lang], lang),
    ...placeValue(search.origin, lang),
  ];
  return [
    ...(search.text === "" ? [] : [myData.search(search.text)]),
    ...(understood.length === 0 ? [] : [myData.understood(understood.join(", "))]),
  ];
}

/** What is kept of a conversation, as paragraphs: the counts, the settings, the last search. */
export function myDataLines(
  stored: StoredData,
  { lang, simple }: Manner,
  needLabel: (id: string) => string | undefined,
): readonly string[] {
  const own = words[lang];
  const { myData } = own;
  const counts = [
    ...(stored.since === undefined ? [] : [myData.since(formatDay(stored.since, lang))]),
    myData.address,
    myData.messages(stored.messages, stored.texts),
    myData.redacted,
    myData.answers(stored.answers),
    myData.ratings(stored.ratings),
    myData.watches(stored.watches),
    myData.askers(stored.askers),
    myData.contributions(stored.contributions),
    myData.votes(stored.votes),
    myData.signUps(stored.signUps),
    own.handover.stored(stored.handoverMessages),
  ];
  const settings = [own.answerLanguage(own.languageNames[lang]), simple ? own.simpleOn : own.simpleOff];
  return [myData.lead, counts.join("\n"), [...settings, ...searchLines(stored.search, lang, needLabel), myData.forgotten].join("\n")];
}
