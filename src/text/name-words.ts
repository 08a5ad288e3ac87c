/** Small words before a surname. */
export const particles: ReadonlySet<string> = new Set(
  "von vom van de der den zu zur la le di da del della dos el al bin ben abu ibn ter ten".split(" "),
);

/** Particles that follow another one only ("von der Leyen"): alone they are German articles. */
export const laterParticles: ReadonlySet<string> = new Set(["der", "den"]);

/** Never a name, whatever stands before it. */
export const noNames: ReadonlySet<string> = new Set(
  `mate international einsiedel frauen männer mädchen jungs jungen leute menschen karım моє мое моё мій мой моя мою mio mia mon ma moje moja moj benim münchner münchens august september juli juni mai april märz oktober november dezember januar februar dr prof hr fr ich du er sie es wir ihr mich dich uns euch das dass des dem ein eine einen einer und oder aber denn weil wenn ob nicht kein keine auch schon noch nur jetzt bald gut gern gerne müde neu hier da dort so sehr
  willkommen alle alles jeden jede was wer wo wie wann warum wieso welche welcher mit ohne für fuer gegen bei in im am an auf aus von zu zum zur nach seit bis vor über unter um ab habe hab bin bist ist sind war hat
  haben suche such suchen brauche brauchen braucht wohne wohnen lebe möchte moechte will kann muss soll sollte würde wurde mein meine meinen meiner dein deine sein seine unser unsere bitte danke hallo hello servus guten
  tag morgen abend herr herrn frau doktor professor mutter vater mama papa oma opa mann kind kinder sohn tochter bruder schwester freund freundin nachbar nachbarin familie eltern baby hilfe arbeit wohnung termin
  platz kita schule pflege pflegeheim heim haus amt jobcenter geld beratung kurs deutsch deutsche deutscher münchen munich bayern wer alt krank allein richterin minister ministerin bürgermeister bürgermeisterin
  oberbürgermeister oberbürgermeisterin präsident präsidentin kollege kollegin lehrer lehrerin arzt ärztin pfarrer pfarrerin damen herren gott ober vormittag vormittags nachmittag nachmittags mittag früh uhr
  falsch richtig geändert programm unbekannt vorname nachname name namen kaputt weg leider eigentlich also ja nein ok okay euro jahre jahr mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag
  the a an and or but i you he she it we they my your his her not no yes is are am was have has need needs want looking from with for to in on at of by back when where what who how please thanks hi german english turkish
  ukrainian russian arabic italian french muslim new old sick tired sorry sure interested trying here there just very only so also wrong spelled misspelled written missing because if
  ve ile bir bu şu ben sen o biz siz için var yok değil ne nasıl nerede nereye adım yanlış doğru almanya türkiye
  и й та і а але но не я ти ты він он вона она ми мы ви вы вони они це это на в у к по до з с из від от за для що что как як де где мені мне мене меня хочу потрібно нужно шукаю ищу маю есть є працювати работать
  و في من على إلى الى عن مع أنا انا هو هي نحن هذا هذه لا ليس غير أبحث ابحث أريد اريد عمري وأنا وانا أحتاج احتاج الآن عندي لدي أن ان كيف أين اين هل ما لكن عايش ساكن مو مش كنت غلط مكتوب مسجل العربي الكامل لسا لسه بعد
  e ed o ma non io tu lui lei noi voi loro il lo la i gli le un uno una di da con per su che come dove cerco sono ho cerco italiana italiano
  et ou mais pas je tu il elle nous vous ils elles le les un une des du de avec pour sur que qui où comment cherche suis ai bonjour bonsoir français française malade
  i ili ali ne ja ti on ona mi vi oni je sam si smo u na za od do iz sa s kako gdje gde što šta tražim trebam imam`.split(/\s+/),
);

/** Ends of German nouns that are no names: "mein Sohn Legasthenie, 8 Jahre". */
export const nounEnd =
  /(?:ung|heit|keit|schaft|tion|ismus|ose|itis|enie|phobie|therapie|pädie|allergie|grad|kurs|klasse|garten|arzt|hilfe|krank|jahr|syndrom|adhs|amt|center|büro|antrag|ausweis|platz|kita|berechtigte[rn]?|flüchtling|bürger|bürgerin|rentner|rentnerin|arbeiter|arbeiterin|student|studentin|mutter|vater)$/iu;

/** Ends of words that name a house, street or institution: a person's name in front of them is part of it. */
export const institution =
  /(?:haus|häuser|heim|stra(?:ß|ss)e|str\.?|platz|weg|allee|ring|gasse|schule|grundschule|gymnasium|stiftung|zentrum|park|kirche|klinik|klinikum|hof|hospital|stift|street|house|school|kindergarten|kita|verein)$/iu;

const surnames: ReadonlySet<string> = new Set(
  `müller mueller schmidt schmid schmitt schneider fischer weber meyer maier mayer meier mayr wagner becker schulz hoffmann schäfer koch bauer richter wolf schröder neumann zimmermann krüger hofmann hartmann
  werner krause lehmann köhler herrmann könig walter huber kaiser fuchs peters scholz möller hahn friedrich keller günther berger winkler beck lorenz baumann franke albrecht schuster ludwig
  böhm kraus schumacher krämer vogt jäger gruber brandl moser eder lechner hofer reiter wimmer pichler steiner brunner mustermann musterfrau obermeier niedermeier hinterhuber stadler
  yilmaz kaya demir çelik celik şahin sahin yıldız yildiz yıldırım öztürk ozturk aydın aydin özdemir arslan doğan dogan kılıç kilic aslan çetin koç özkan şimşek polat korkmaz rossi russo ferrari esposito bianchi romano
  colombo ricci marino dubois durand dupont moreau laurent lefebvre smith jones johnson williams brown taylor miller davis wilson nguyen tran singh kumar khan hussain`.split(
    /\s+/,
  ),
);
const surnameEnd =
  /(?:ski|ska|sky|skyj|ić|vic|vich|enko|chuk|ov|ova|ev|eva|oğlu|oglu|yan|dze|shvili|енко|ский|ская|ський|ська|ов|ова|ев|ева|чук|юк|ин|ина|ић|mann|huber|hofer|hauser|maier|meier|mayer|mayr|mair|berger|kofer|dorfer|thaler|bacher|egger|lechner|kirchner|stetter|wieser|gruber|bauer|poulos|idis|adis|akis|escu|eanu)$/u;

/** Whether a word, in any case, looks like a family name. */
export function isSurname(word: string): boolean {
  const lower = word.toLowerCase();
  return surnames.has(lower) || (word.length >= 5 && surnameEnd.test(lower));
}

// Streets, schools and shows are named after people, and everybody writes of those who hold an office.
const namedAfter =
  /(?<!\p{L})(?:\p{L}{0,24}(?:stra(?:ß|ss)e|platz|schule|gymnasium|klinik|klinikum|krankenhaus|hospital|spital|flughafen|airport|museum|haus|stiftung|halle|saal|stadion|denkmal|brunnen|kirche|pfarrei|ausstellung|konzert|film|buch|roman|theater|lesung|park|realschule)|st\.?|sankt|saint|sainte|san|santa|sveti|aeroporto|aéroport|lycée|collège|école|scuola|liceo|istituto|ospedale|hôpital|škola|bolnica|okulu?|школ[аиуі]|гімназі[яї]|лікарн[яі]|больниц[аыу]|مدرسة|مشفى|مستشفى|school|street|square|heilige[rn]?|autor|autorin|sänger|sängerin|band|maler|malerin|künstler|künstlerin|kabarettist|comedian|via|rue|ulica|piazza|вулиц[яі]|улиц[аеы])(?: \p{Lu}[\p{L}.-]{0,20}){0,2} $/iu;
const inOffice =
  /(?<!\p{L})(?:ober)?(?:bürgermeister|mayor|stadtrat|stadträt|stadtbaur|stadtschulr|referent|minister|präsident|president|kanzler|landrat|könig|papst|pope|maire|sindac|gradonačelni|мэр|мер(?!\p{L})|belediye başkan|رئيس|عمدة)|(?<!\p{L})ob(?:[- ]wahl|[- ]kandidat)/iu;
const askedFor =
  /(?<!\p{L})(?:wer (?:ist|war)|who (?:is|was)|хто таки[йя]|кто такой|chi (?:è|era)|qui (?:est|était)|tko je|ko je|من هو|من هي)(?: eigentlich| denn| this)? $/iu;
const organisation =
  /^[ -]?(?:\p{Lu}[\p{L}-]{0,24})?(?:stra(?:ß|ss)e|str\.|platz|weg|allee|ring|schule|grundschule|gymnasium|stiftung|haus|preis|school|foundation)/u;

/** Whether the name between two indexes is that of a place or of somebody in public office, as the words around it tell. */
export function isPublicFigure(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 80), from);
  const behind = text.slice(to, to + 60);
  return namedAfter.test(before) || askedFor.test(before) || inOffice.test(before) || inOffice.test(behind) || organisation.test(behind);
}
