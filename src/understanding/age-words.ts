import { foldWord } from "../text/word-scan.ts";

/** A set of folded words from a list with spaces. */
export function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/).map(foldWord));
}

/** Beginnings of words that only say an age ("jähriger", "летний"), behind a number or at the end of a number word. */
export const ageEndings = [...wordSet("jährig jaehrig joarig jahrig jahriga річн рiчн летн літн годовал godišnj godisnj enne enni")];

/** Years, in the forms that stand behind a number. */
export const yearWords = wordSet(
  `jahr jahre jahren jare jaren jahrn jahrl joar johr joahr johre year years yr yrs yo yaş yaşında yaşındaki yaşındayım yaşındayız yaşına yaşını yaşim
   рік роки років року рокам рочки рочків рочок год года лет годик годика годиков годика годам سنه سنوات سنين عام اعوام عاما سنتها
   anni anno annetti an ans añito god godina godine godinu godinica`,
);

/** One year and two years, in Arabic one word. */
export const yearsInOneWord: ReadonlyMap<string, number> = new Map([
  ...[...wordSet("سنه عام")].map((word) => [word, 1] as const),
  ...[...wordSet("سنتين سنتان عامين عامان")].map((word) => [word, 2] as const),
]);
/** "Her age", before one year: without it that is a span or the year of a calendar. */
export const arabicAge = /^عمر/u;

/** Parts of a first or second year by how many make a year. */
export const partsOfYear: ReadonlyMap<string, number> = new Map(
  [
    [
      12,
      "monat monate monaten mon мес міс mj mjes monatige monatiges monatigen monatig month months aylık місяць місяці місяців месяц месяца месяцев شهر اشهر شهور شهرا mesi mese mois mjesec mjeseca mjeseci mesec meseca meseci",
    ],
    [
      52,
      "woche wochen week weeks haftalık тиждень тижні тижнів неделя недели недель اسابيع اسبوع settimane semaines tjedan tjedna tjedana",
    ],
    [365, "tag tage tagen day days günlük дні днів день дня дней يوم ايام giorni jours dan dana"],
  ].flatMap(([count, list]) => [...wordSet(String(list))].map((word) => [word, Number(count)] as const)),
);

/** "Old" behind a number of years, "turned" behind a bare number: what stands before is an age whatever else is said. */
export const oldWords = wordSet("alt alte alter altes alten altem oid oide oida oids oidn old âgé âgée âgés");
export const becameWords = wordSet("geworden worden worn gworn gwordn woan gwoan isch geworn");

/** Words before a number of years that make it a span of time. */
export const spanBefore = wordSet(
  `seit seid vor für fuer nach in innerhalb während nochmal since for after within last past next every depuis pendant dans durant da per fa tra fra
   prije pre već za poslije kroz после через за на вже уже після протягом упродовж назад منذ قبل من بعد خلال لمده مده صارلي صار الي عن habe hab hob had have haben`,
);
/** Words that say so behind it. */
export const spanAfter = wordSet(
  `lang lange her herum später spaeter erfahrung berufserfahrung ago later experience of garantie wartezeit fa назад тому опыта стажа досвіду
   стажу خبره iskustva esperienza expérience dhaft haft ehe verheiratet gewartet gearbeitet gelebt gewohnt gschafft eingezahlt hier da dort here qui ici ovdje ovde тут здесь
   laufzeit praxis gültig gueltig ausbildung lehre vertrag aufenthalt aufenthaltserlaubnis studium umschulung wartezeit plan contract visa course önce سابقا`,
);
/** Participles that close a German or English clause about a span ("habe 20 Jahre als Koch gearbeitet"). */
export const spanParticiples = wordSet("gearbeitet gelebt gewohnt gewartet verheiratet eingezahlt gezahlt gepflegt worked lived waited");
/** Words behind years that go on with where or as what they were spent ("bin 20 Jahre in Hamburg"). */
export const placeWords = wordSet("bei in nach als im am an auf at en à in u na в у на في ici");
/** Words that join a person with the years ("fille de 4 ans", "dijete od 5 godina"), or years with the wish ("ab 6 Jahren"). */
export const ofWords = wordSet("von of de di od mit with ab bis aged with à sa");
export const ageBefore = wordSet("ab bis mit with con en у в з с від от до s sa eta età âge alter aged بعمر عمر от");
const turkishAge = "yas";

/** True for words behind a number of years that say nothing but an age ("jähriger", "yaşında", "yo"). */
export function onlyAge(key: string): boolean {
  return key === "yo" || key.startsWith(turkishAge) || ageEndings.some((ending) => key.startsWith(ending));
}

/** The people that a wish is often about, children first: exact forms and ends of German compounds. */
const childWords = wordSet(
  `sohn sohnes sohns tochter töchter toechter kind kindes kinde kinds kinder kindern bub buben bua buam bursch burschi madl madel mädel mädchen maedchen dirndl deandl dirnei baby babys kleine kleiner
   kleinen kloane kloana junge jungen enkel enkelin enkelkind säugling teenager jugendlicher jugendliche dreijährige söhne zwilling zwillinge
   son daughter child kid kids children boy girl lad lass toddler teen sons daughters baby grandson granddaughter
   oğlum oğluma oğlumun oğlu oğlan kızım kızıma kızımın kızı çocuk çocuğum çocuğuma çocuğu çocuğun çocuğumun çocuklarım bebek bebeğim bebeğime torunum
   син сина сину синові сином синок синочок дочка дочки дочці доньці донька доньки донечка доню доці дитина дитині дитини дитину дітям діти онук онуку онучка
   сын сына сыну сыном сынок дочь дочери дочка дочке дочки дочку дочкой ребёнок ребенок ребёнка ребенка ребёнку ребенку дети детям внук внуку внучка внучке малыш малышу
   ابن ابني ابنى ابنتي بنت بنتي بنتى طفل طفلي طفلتي طفلا ولد ولدي ابنه بنات اولادي اطفالي حفيدي
   figlio figlia figli figlie bambino bambina bimbo bimba bambini neonato nipotino ragazzo
   fils fille enfant enfants bébé garçon petit petite petitfils
   sin sina sinu sinom sine kći kćer kćeri kćerka kćerku kćerki ćerka ćerku ćerki cerka kcerka dijete djeteta djetetu dete deteta detetu beba bebu djevojčica djevojčicu dječak dječaka djeca unuk unuka unuku klinac`,
);
const adultWords = wordSet(
  `mutter muada muatta mutti mama mami mamas muttern vater vaters vadda papa papi eltern oma omas oma's omi opa opas opi frau mann mo wei bruder schwester neffe nichte tante onkel nachbarin nachbar nachberin freundin freund partner partnerin cousin
   mother father mum mom mam dad nan gran granny grandma grandpa grandmother grandfather wife husband brother sister aunt uncle neighbour neighbor friend lady woman nephew niece teenager widow widower pensioner
   annem anneme annemin babam babama babaannem anneannem dedem eşim kocam karım ablam abim kardeşim kardeşime teyzem komşum amcam yeğenim arkadaşım ninem nenem dedemle halam
   мама мами мамі маму мамо мамою мати матері тато тата татові батько батька батькові бабуся бабусі бабусю дідусь дідуся дідусеві чоловік чоловіку чоловіка дружина брат брату сестра сестрі сусідка свекруха
   мамы маме мамой мать матери папа папе папы отец отцу отца бабушка бабушке бабушки бабушку дедушка дедушке дедушки муж мужу мужа жена жене брата сестре сестра тётя соседка соседке свекровь
   امي ابي والدي والدتي والدته جدتي جدي زوجي زوجتي اخي اختي اخوي ماما بابا امراه رجل جارتي عمي خالتي
   madre mamma padre papà babbo nonna nonno marito moglie fratello sorella zia zio vicina suocera donna uomo anziana anziano vedova vedovo pensionato pensionata studente studentessa adolescente signora
   mère maman père papa mamie papi papy grand-mère mari femme frère soeur sœur tante oncle voisine voisin ado adolescent adolescente apprenti apprentie jeune personne veuve veuf étudiant étudiante élève retraité retraitée dame garçon homme
   majka majci majku mama mami mamu mame otac ocu oca tata tati tate baka baki baku djed djedu deda deka dedi muž mužu suprug supruga žena ženi brat bratu sestra sestri svekrva susjeda susjed komšija komšinica učenik učenica student studentica djevojka mladić muškarac nećak nećakinja`,
);
const kinEndings = /(?:sohn|tochter|kind|bub|baby|madl|enkel|mutter|muada|vater|vadda|oma|opa|mama|papa|mann|frau|schwester|bruder)$/;
const childEndings = /(?:sohn|tochter|kind|bub|baby|madl|enkel)$/;
/** Shorter words that end so are others ("Roma"). */
const shortestCompound = 7;

/** Whom a folded word names: a child, another person close to the writer, or nobody. */
export function personOf(key: string): "child" | "adult" | undefined {
  if (childWords.has(key)) return "child";
  if (adultWords.has(key)) return "adult";
  if (key.length < shortestCompound || !kinEndings.test(key)) return undefined;
  return childEndings.test(key) ? "child" : "adult";
}

/** The writer, in words that a bare number of years may follow at once. */
export const selfStates = wordSet("bin im мне нам мені عمري yaşım yasim jai ho imam binn");
export const selfWords = wordSet("ich i bin im am мне мені я عمري انا yaşım yaşındayım yasindayim jai ho imam mit wir");
/** Words of being and turning between a person and a bare number. */
export const states = wordSet("ist is isch bin bi wird werd werde wurde im hes shes turned turning turns are sind san");
/** Other people, in words that a bare number may follow at once. */
export const otherStates = wordSet(
  "йому їй ему ей عمره عمرها عمرو عمر hes shes aged age alter возраст вік yaşı eta età âge lui исполнилось исполнится виповнилось turned turning",
);
/** Words of having, which Romance and South Slavic languages tell an age with. */
export const havings = wordSet("ha a ho ima imaju hanno ont hat має");
export const pronouns = wordSet("er sie ea sia he she ich i wer who meiner unserer il elle lui lei он она він вона ona هو هي");
/** Small words that may stand between. */
export const fillers = wordSet(
  "schon scho jetzt jetz erst gerade grad grade fast bald ja auch a aa nun inzwischen mittlerweile etwa circa ca über ueber knapp mehr als already now just only almost nearly over about already вже уже почти майже már già quasi déjà presque već skoro حوالي märz mai juni juli august september oktober november dezember januar februar april",
);
/** Months between "wird" and a number ("wird im Mai 80"). */
export const months = wordSet("januar februar märz april mai juni juli august september oktober november dezember");
export const conjunctions = wordSet("und and ve і й и و e et i");
/** Numbers that stand behind these are round ("Ende 70") or of something else ("Pflegegrad 3", "unter 18", "Klasse 5"). */
export const noAgeBefore = wordSet(
  "ende anfang mitte unter under below klasse grade class stufe grad pflegegrad pflegestufe nr nummer number hausnummer linie bus tram line no raum zimmer paragraph absatz sgb windows version kapitel teil gleis клас класс класі классе صف الصف sınıf razred classe um gegen at",
);
/** What else may be counted by a number behind a person or "is". */
export const counted = [
  ...wordSet(
    `euro cent eur stund std minut min sekund tag tage woche wochen monat mal kinder kinda kids children kilo kg gramm cm km meter uhr grad prozent zimmer qm quadrat quadratmeter personen leute
     geschwister people hours hour days day weeks week months month times pounds dollar pm oclock klasse stock etage straße strasse er ern te ter ten teilig fach mg
     мес міс дет дитин дітей діте разів раз годин час дн дней хвилин минут евро євро тижн месяц місяц класс клас кімнат комнат кг людей
     اطفال طفل ايام يوم اسبوع ساعات ساعه دقيق يورو غرف مرات اشهر شهر اشخاص
     figli bambini giorni ore euro mesi volte stanze enfants jours heures mois fois pièces
     djece djeca dece sata sati dana tjedna tjedana mjesec mesec eura puta sobe soba
     çocuk gün saat kez kere kişi hafta ay oda lira avro klassler wochn dog stundn zimma`,
  ),
];
/** Words that a clause goes on with behind a bare number. */
export const goesOn = wordSet(
  `und oder aber noch schon scho jetzt jetz still and but or now today already і й та и а но але و وهو وهي ve et e ma i a te in zu aa ko ka kann konn macht soll muss suche such brauche am im auf bei nach zum zur ab von fehlt allein arbeitslos schwanger oldu braucht möchte will wer wo was wie weil der die das sie er ich mia i wos wia`,
);
