import { foldWord, readableText, scanWords } from "./word-scan.ts";

const wordSet = (list: string) => new Set(list.split(/\s+/).filter(Boolean).map(foldWord));

/** Cities that are not Munich, by how they are written in the nine languages; towns that share a name with an everyday word (Essen, Halle, Hof, Nice) are left out. */
const cities = wordSet(`
  hamburg berlin köln cologne colonia frankfurt francoforte stuttgart stoccarda düsseldorf dortmund leipzig lipsia dresden bremen hannover hanover nürnberg nuremberg norimberga duisburg bochum wuppertal bielefeld bonn münster
  mannheim karlsruhe augsburg wiesbaden mönchengladbach gelsenkirchen braunschweig chemnitz kiel aachen magdeburg freiburg krefeld lübeck erfurt mainz rostock kassel potsdam saarbrücken oldenburg osnabrück heidelberg darmstadt
  würzburg regensburg ingolstadt ulm heilbronn pforzheim göttingen wolfsburg erlangen fürth bamberg bayreuth passau rosenheim landshut kempten memmingen freising dachau erding traunstein straubing aschaffenburg schweinfurt
  wien vienna viyana beč salzburg salisburgo salzbourg innsbruck graz linz zürich zurich zurigo basel bern genf geneva genève
  paris parigi lyon marseille bordeaux toulouse strasbourg straßburg lille nantes rennes rom rome roma mailand milano milan napoli neapel turin torino bologna firenze florenz venedig venezia venice palermo verona genova bari
  london londra londres manchester birmingham liverpool madrid barcelona lissabon lisbon amsterdam brüssel brussels bruxelles prag prague praha praga warschau warsaw warszawa budapest
  istanbul ankara izmir bursa antalya adana zagreb split rijeka osijek zadar beograd belgrad belgrade sarajevo mostar skopje
  москва москве москву петербург петербурге казань казани сочи новосибирск новосибирске екатеринбурге минск минске киев киеве київ києві львів львові харків харкові харьков харькове одеса одесі одесса одессе дніпрі полтаві
  берлин берлине берлін берліні гамбург гамбурге гамбурзі кёльн кёльне кельне кельні франкфурт франкфурте франкфурті штутгарт штутгарте штутгарті нюрнберг нюрнберге нюрнберзі аугсбург аугсбурге аугсбурзі дрезден дрездене лейпциг лейпциге вена вене відень відні варшава варшаве варшаві прага праге празі
  برلين هامبورغ فرانكفورت كولن كولونيا شتوتغارت نورنبرغ اوغسبورغ فيينا دمشق حلب بيروت بغداد القاهره عمان اسطنبول باريس لندن روما دبي الرياض
`);

/** Cities that are everyday words or names of people as well: only behind "in". */
const ambiguous = wordSet("split roma rom ulm bern graz kiel bari prag verona praga milan paris london genova florenz");

/** What stands before the place where something is: "in Hamburg", "à Lyon", "في برلين". */
const placing = wordSet("in im a à en au u v в у во bei near um fia في ب");
/** What Turkish hangs on it: "Hamburg'da". */
const placingEndings = /(?:da|de|ta|te|daki|deki|taki|teki)$/;
/** What Croatian hangs on it behind "u": "u Zagrebu". */
const croatianEnding = /u$/;
const arabicPrefix = /^[بف](?=.)/;

/** Words of one who is, was or comes from there, or tells a story: what is wanted may well be here. */
const telling = wordSet(`
  verloren verlor geklaut gestohlen gefunden zugelassen geschlossen ausgestellt erworben bestanden abgemeldet vergessen liegengelassen lost stolen stole obtained issued registered married forgot divorced
  kaybettim çalındı aldığım загубив загубила вкрали отриманий потерял потеряла украли полученный ضاع سرق سرقوا حصلت perso persa rubato rubata rilasciato perdu volé volée obtenu délivré izgubio izgubila ukraden ukradena izdan stečen
  bin war waren wohn wohne wohnt wohnen wohnte wohnten gewohnt leb lebe lebt leben lebte gelebt komm komme kommt kommen kam her gezogen hergezogen umgezogen zieht ziehe ziehen umzug gemacht gearbeitet arbeitet studiert studiere geboren gekauft gemeldet gelernt gegangen geheiratet hatte hatten ham war's
  mutter vater eltern sohn tochter bruder schwester oma opa onkel tante freund freundin mann frau hier her hierher dahoam nach aus von
  from lived lives live living moved moving born bought studied passed worked works working did was were have had here my mother father parents brother sister son's daughter's back
  fahre fahren fährt fliege fliegen reise zurück flying fly travel travelling going moves
  odlazim vraćam letim idem ide šalje vado andiamo devo vais repart repars partons еду едем летим їду їдемо відправляє возив возил çalışıp okuyor mezun bitirdi
  yaşıyor yaşıyorum oturuyor taşındım taşındık geldim geldik doğdum annem babam burada buraya evlendim çalıştım aldım
  живе живу жив жила живут живёт жил переїхали переїхав переїхала приїхала переехал переехала переехали приехал родился родилась народився народилась тут здесь сюди сюда мама отец брат сестра був была был
  اسكن يسكن تسكن ساكن يعيش تعيش اعيش انتقلت جئت ولدت امي ابي اخي اختي هنا هون
  vivo vive vivono abito abita trasferito trasferita vengo nato nata madre padre fratello sorella qui da sposati
  habite habitent vis vit vivent vient viens né née déménagé mère père frère sœur soeur ici depuis
  živim živi žive dolazim doselio doselila preselio preselila rođen rođena majka otac brat sestra ovdje ovde iz
`);
/** Where it is said that Munich is meant. */
const munich =
  /^[بلوف]?(?:munchen|muenchen|munich|monaco|minga|minhen|munih|мюнхен|ميونخ|ميونيخ|بايرن|bayern|bavaria|bavyera|baviera|bavarska)/;

/** A longer text tells a story, in which a city may be anything. */
const mostWords = 16;

function isPlaced(keys: readonly string[], at: number): boolean {
  return placing.has(keys[at - 1] ?? "") || (at === keys.length - 1 && at > 0 && !ambiguous.has(keys[at] ?? ""));
}

function cityOf(key: string): { readonly placed: boolean } | undefined {
  if (cities.has(key) || cities.has(key.replace(croatianEnding, ""))) return { placed: false };
  const bare = key.replace(placingEndings, "");
  if (bare !== key && cities.has(bare)) return { placed: true };
  const stripped = key.replace(arabicPrefix, "");
  return stripped !== key && cities.has(stripped) ? { placed: true } : undefined;
}

/** True if a short text wants something in a city that is not Munich ("Kita-Platz in Hamburg"); false where somebody lives there, comes from there or moves, or where Munich is named as well. */
export function wantsElsewhere(text: string): boolean {
  const keys = scanWords(readableText(text)).map(({ key }) => key);
  if (keys.length > mostWords || keys.some((key) => telling.has(key) || munich.test(key))) return false;
  return keys.some((key, at) => {
    const city = cityOf(key);
    return city !== undefined && (city.placed || isPlaced(keys, at));
  });
}
