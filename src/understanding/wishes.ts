import { wordSet } from "./age-words.ts";
import { createPhraseFinder, type PhraseFinder, type PhraseText, readPhraseText } from "./phrases.ts";

const findCostFree = createPhraseFinder(`
  kostenlos* | kostnlos* | kostenfrei* | kostnfrei* | gratis* | umsonst | umasunst | umsunst | unentgeltlich* | gebührenfrei* | nulltarif | kostenlose* | beitragsfrei* | entgeltfrei* | eintrittsfrei* | zuzahlungsfrei* | honorarfrei* | mietfrei*
  freier eintritt | freien eintritt | freiem eintritt | eintritt frei | eintritt is frei | eintritt ist frei | machen _ ohne geld | ohne geld _ machen | ohne geld _ unternehmen | ohne kosten | ohne bezahlung | ohne gebühr* | ohne eintritt
  für umme | fia umme | fur umme | für lau | fia lau | für nix | für nichts | fia nix | kost* _ nix | kost* _ nichts | nix kost* | nichts kost* | nix _ zahl* | nichts _ zahl*
  nix _ bezahl* | nichts _ bezahl* | nix zoi* | nix _ zoi* | nix zahl* | nichts zahl* | ohne _ zahl* | ohne _ zahlen | ohne _ bezahl* | ohne _ zoin | ohne _ zoihn | kost* _ kein* cent | kost* _ koan cent
  gschenkt | geschenkt _ krieg* | geschenkt _ bekomm* | zu verschenken | nix koschta | null euro | 0 euro | 0 €
  for free | free of _ charge* | free of _ cost* | free of _ fee* | no cost | no charge | without paying | without charge | costs nothing | cost nothing | doesnt cost | dont cost | not cost
  dont _ pay | not _ pay | doesnt have to be paid | costless | complimentary
  ücretsiz* | bedava* | parasız* | para vermeden | para ödemeden | ücret ödemeden | beleş | masrafsız* | ucretsiz*
  безкоштовн* | безплатн* | бескоштовн* | задарма | задурно | без оплати | не платити | нічого не платити | бесплатн* | безплатн* | бесплатон* | даром | задаром | без оплаты
  не платить | ничего не стоит | ничего не стоило | ничего не платить | нічого не коштує
  مجان* | *مجان | *مجانا | *مجانيه | *مجاني | بالمجان | ببلاش | بلاش | بدون مقابل | دون مقابل | بلا مقابل | بدون فلوس | بلا فلوس | بلا مصاري | بدون مصاري | بدون دفع | بدون رسوم | بدون تكلفه | من غير فلوس
  gratuit* | senza pagare | senza spendere | non cost* niente | non cost* nulla | costo zero
  sans payer | sans frais | ne coûte rien | coûte rien | rien payer | rien à payer | pas payer | titre gracieux | sans débourser | gratos
  besplat* | džabe | džaba | dzabe | dzaba | badava | zabadava | bez plaćanja | bez placanja | bez naknade | ne košta ništa | ništa ne košta | ne kosta nista | ništa ne plaća*
  sin pagar | gratuito
`);

/** Words before a phrase that deny it, and behind it in Turkish. */
const denying = wordSet("nicht nich net ned not isnt never kein keine keinen koan nie non pas nije не ليس ليست غير مش مو");
const denyingBehind = wordSet("değil degil nicht");
const smallBefore = wordSet("ganz immer leider mehr really e è est é war alles");
/** What somebody did in vain ("umsonst angerufen"). */
const inVain = wordSet("angerufen gewartet versucht probiert gekommen gefahren gelaufen hingegangen gewesen geschrieben gelernt");

/** English "free" before these is open, spare or absent and not without cost. */
const freeSpare = wordSet(
  `place places spot spots seat seats slot slots appointment appointments room rooms bed beds time day days evening evenings hour hours afternoon weekend space spaces capacity capacities
   vacancy speech will from of to and right now today tonight tomorrow on in at after until this next soon anymore again currently or`,
);
/** What a "free" that is joined to it frees of costs ("cost-free", "Gebühren-frei"); joined to any other word it says that this is not there ("car-free", "Barriere-frei"). */
const prices = wordSet(
  "cost costs fee fees charge charges tuition admission entry rent kosten gebühr gebühren beitrags eintritts entgelt zuzahlungs honorar miet",
);
const notFreeBefore = wordSet(
  "im am are you still currently feel step barrier smoke drug duty toll sugar gluten lactose dairy nut alcohol car who when mon tue spaces places beds bed room rooms spot slot place",
);
/** A closing "free" says what is asked about, if that is something with a price. */
const freeOf = wordSet(
  "it this that course courses class classes museum museums entry entrance admission lesson lessons advice something anything everything completely totally really all is",
);

const findWheelchair = createPhraseFinder(`
  *rollstuhl* | *rollstui* | rollstuih* | rolstuhl* | rollituhl | rollsthul* | rollschtuhl* | roistui* | rolli | rollis | rollifahrer* | erolli | barrierefrei* | barierefrei* | barrirefrei* | ohne barrieren | stufenlos* | stufenfrei*
  ohne stufen | ohne treppe* | ohne schwelle* | krankenfahrstuhl* | krankenfahrstühl* | behindertengerecht* | behindertentoilette
  wheelchair* | wheel chair* | step free | steps free | stepfree | without steps | no steps | without stairs | no stairs | barrier free | mobility scooter | disabled access | handicap access* | accessible for disabled | accessible for people | accessible toilet* | accessible flat* | accessible venue* | fully accessible | accessible entrance | disabled toilet*
  tekerlekli sandalye* | tekerlekli iskemle* | tekerlekli koltuk* | engelsiz* | basamaksız* | merdivensiz*
  інвалідн* віз* | інвалідн* кол* | інвалідн* кріс* | крісл* кол* | колісн* кріс* | на візку | в візку | на візочку | безбарєрн* | без сходів | без сходинок | інваліднии візок
  инвалидн* кол* | инвалидн* кресл* | кресл* колясу* | на коляске | колясочни* | безбарьерн* | без ступен* | без лестниц*
  كرسي متحرك | *كرسي المتحرك | *كرسي متحرك | الكرسي متحرك | كراسي متحركه | *الكراسي المتحركه | كرسي بعجلات | كرسي عجلات | كرسي مدولب | *كرسي مدولب | عكرسي متحرك
  sedia a rotelle | sedie a rotelle | carrozzella | in carrozzina | senza barriere | senza gradini | senza scalini | barriere architettoniche
  fauteuil roulant | fauteuils roulants | en fauteuil | handi accessible | pmr | sans marches | sans marche | sans escalier* | plain pied | mobilité réduite | accès handicapé*
  invalidsk* kolic* | u kolicima | bez stepenica | bez stuba | bez barijera | bez prepreka
`);

function isDenied({ keys }: PhraseText, first: number, next: number): boolean {
  let before = first - 1;
  while (before > first - 3 && smallBefore.has(keys[before] ?? "")) before -= 1;
  return denying.has(keys[before] ?? "") || denyingBehind.has(keys[next] ?? "");
}

/** The word that a hyphen joins a "free" or "frei" to; undefined where it stands by itself. */
function joinedTo({ keys, joined }: PhraseText, at: number): string | undefined {
  return joined[at] === true && /^(?:free|frei(?:e[mnrs]?)?)$/.test(keys[at] ?? "") ? keys[at - 1] : undefined;
}

function says(sentence: PhraseText, find: PhraseFinder, holds: (first: number, next: number) => boolean): boolean {
  return sentence.keys.some((_key, first) => find(sentence, first).some((next) => holds(first, next)));
}

/** How far before a closing "free" stands what is free, in words. */
const freeReach = 3;

/** True if a "free" that stands at `at` means without cost. */
function isCostFree({ keys, breaks, joined }: PhraseText, at: number): boolean {
  if (joined[at + 1] === true) return false;
  const [before, after] = [keys[at - 1] ?? "", breaks[at + 1] ? undefined : keys[at + 1]];
  if (notFreeBefore.has(before)) return false;
  if (after !== undefined) return !freeSpare.has(after) && !/^\d/.test(after);
  return (
    keys.slice(Math.max(0, at - freeReach), at).some((key) => freeOf.has(key) && key !== "is") &&
    !keys.slice(0, at).some((key) => notFreeBefore.has(key))
  );
}

/** True if a text asks for what costs nothing; a free place, time or person is capacity and not meant. */
export function wantsCostFree(text: string): boolean {
  const sentence = readPhraseText(text);
  const { keys } = sentence;
  const holds = (first: number, next: number) => {
    const vain = keys[first] === "umsonst" && (inVain.has(keys[next] ?? "") || keys[first - 1] === "alles");
    const whole = joinedTo(sentence, first) === undefined && joinedTo(sentence, next) === undefined;
    return !vain && whole && !isDenied(sentence, first, next);
  };
  const isFree = (at: number) => {
    const absent = joinedTo(sentence, at);
    if (absent !== undefined) return prices.has(absent) && !isDenied(sentence, at - 1, at + 1);
    return keys[at] === "free" && isCostFree(sentence, at);
  };
  return says(sentence, findCostFree, holds) || keys.some((_key, at) => isFree(at));
}

/** True if a text asks for a way without steps or names a wheelchair. */
export function wantsWheelchair(text: string): boolean {
  const sentence = readPhraseText(text);
  return says(sentence, findWheelchair, (first, next) => !isDenied(sentence, first, next));
}
