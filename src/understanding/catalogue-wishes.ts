import type { Wishes } from "../core/understanding.ts";
import { createPhraseFinder, type PhraseFinder, readPhraseText } from "./phrases.ts";

const openNow = createPhraseFinder(`
  jetzt offen* | jetzt geöffnet* | jetzt _ offen | jetzt _ geöffnet* | hat _ jetzt auf | haben _ jetzt auf | jetzt noch auf | jetzt no auf | offen jetzt | jetz _ offen | jetz offen | jetz offn | jetzad offn | jetz _ offn | jetzt offn
  gerade offen | gerade geöffnet* | gerade _ geöffnet* | grad offen | grad offn | grod offn | momentan offen | momentan geöffnet* | noch geöffnet | heute noch offen | heute noch auf | heid no offn | um diese zeit offen
  open now | open right now | open at the moment | now open | currently open | still open now | still open today | still open tonight | open at this hour
  şu an açık | şu anda açık | şimdi açık | şu an _ açık | şimdi _ açık | açık mı şimdi | açık mı şu an | su an acik | simdi acik | hâlâ açık | hala açık
  зараз відкрит* | зараз відчинен* | відкрит* зараз | відчинен* зараз | зараз працю* | працю* зараз | ще відчинен*
  сейчас открыт* | открыт* сейчас | сейчас работа* | работа* сейчас | сейчас _ открыт* | ещё открыт* | еще открыт*
  *مفتوح* الآن | *مفتوح* الان | *مفتوح* _ الآن | الآن مفتوح* | فاتح الآن | فاتح هلق | مفتوح هلق | يفتح الآن
  apert* adesso | apert* ora | apert* in questo momento | adesso apert* | ora apert* | ancora apert*
  ouvert* maintenant | maintenant ouvert* | ouvert* en ce moment | encore ouvert* | actuellement ouvert* | ouvert* actuellement
  sada otvoren* | sad otvoren* | otvoren* sada | otvoren* sad | trenutno otvoren* | radi sada | sada radi | rade sada | još otvoren*
`);

/** The fields of action by the words for them; first come those that name a field by itself. */
const fields = [
  [
    "infrastruktur",
    "infrastruktur* | glasfaser* | *infrastructure* | altyapı* | інфраструктур* | инфраструктур* | *البنيه التحتيه | بنيه تحتيه | *infrastruttur*",
  ],
  [
    "stadtgesellschaft",
    "stadtgesellschaft* | bürgerschaft | gesellschaft | urban society | civil society | city society | kent toplum* | toplum* | міськ* суспільств* | суспільств* | городск* обществ* | обществ* | *مجتمع* | società | société | gradsk* društv* | društv*",
  ],
  [
    "verwaltung",
    "*verwaltung | verwaltungs* | *administration* | belediye yönetim* | yönetim* | адміністрац* | управлінн* | администрац* | *اداره* | *amministrazion* | uprav*",
  ],
] as const;

const states = [
  ["planned", "geplant* | planned | planlan* | заплан* | *مخطط* | pianificat* | previst* | prévu* | planifié* | planiran*"],
  [
    "done",
    "fertig* | abgeschlossen* | umgesetzt* | erledigt* | beendet* | done | finished | completed | tamamlan* | biten | заверш* | законч* | *مكتمل* | *منجز* | completat* | conclus* | terminé* | achevé* | završen*",
  ],
  [
    "running",
    "laufen* | läuft | laffa* | in arbeit | running | ongoing | in progress | devam eden | süren | триває | поточн* | виконує* | выполня* | текущ* | *جاريه | قيد التنفيذ | in corso | en cours | u tijeku",
  ],
] as const;

const finders = <Name>(list: readonly (readonly [Name, string])[]) =>
  list.map(([name, phrases]) => [name, createPhraseFinder(phrases)] as const);
const fieldFinders = finders(fields);
const stateFinders = finders(states);

/** Reads what a text wants of the catalogue beside its topic and slots; undefined for nothing. A field or state says something of measures only. */
export function findWishes(text: string): Wishes | undefined {
  const sentence = readPhraseText(text);
  const says = (find: PhraseFinder) => sentence.keys.some((_, first) => find(sentence, first).length > 0);
  const field = fieldFinders.find(([, find]) => says(find))?.[0];
  const status = stateFinders.find(([, find]) => says(find))?.[0];
  const wishes = {
    ...(says(openNow) ? { openNow: true as const } : {}),
    ...(field === undefined ? {} : { field }),
    ...(status === undefined ? {} : { status }),
  };
  return Object.keys(wishes).length === 0 ? undefined : wishes;
}
