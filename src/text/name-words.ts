function alternatives(words: string): string {
  return words
    .trim()
    .split(/\s*\|\s*/)
    .join("|");
}

/** What comes right before a name, whatever its case: after these verbs a name follows nearly always. */
export const calledPhrase = new RegExp(
  `(?<!\\p{L})(?:${alternatives(`
    ich (?:hei(?:ß|ss)e?|heis) | i (?:hoa(?:ß|ss)|hei(?:ß|ss)) | je m['’]appelle | mi chiamo | zovem se | зовем се | меня зовут | мене звати |
    мене звуть | اسمي | إسمي`)})(?!\\p{L})`,
  "giu",
);

/** What comes before a name but also before other words ("mein Name ist falsch geschrieben"). */
export const nameIsPhrase = new RegExp(
  `(?<!\\p{L})(?:${alternatives(`
    (?:mein|sein|ihr|unser|dein) (?:voller )?(?:vor|nach|familien)?name (?:ist|war|lautet) | mei nam(?:e|a)? is(?:t|d)? | mein name(?=:) | (?:vor|nach|familien)?name(?=:) |
    (?:sohn|tochter|kind|bub|mann|frau|mutter|mama|vater|papa|oma|opa|bruder|schwester|freund|freundin|enkel|enkelin|nichte|neffe|er|sie) hei(?:ß|ss)t |
    namens | geb\\. | my (?:(?:full|last|first) )?name(?: is|['’]s) | (?:his|her) name is | i['’]?m called | i am called | named | call me | benim adım | adım | ismim | (?:oğlumun|kızımın|eşimin) adı |
    моє ім['’]я | мо[её] имя | il mio nome è | si chiama | mon nom est | s['’]appelle | moje ime je | ime mi je | zove se | его зовут | её зовут | ее зовут | його звати | її звати |
    اسمه | اسمها`)})(?!\\p{L})`,
  "giu",
);

/** "I am …": a name only if it is a known given name. */
export const iAmPhrase = new RegExp(
  `(?<!\\p{L})(?:${alternatives(`
    ich bin(?: (?:der|die|da|de))? | i bin(?: (?:da|de|d['’]))? | hier (?:ist|spricht|schreibt) | i['’]m | i am | this is | ben | я | je suis | sono | ja sam | أنا | انا`)})(?!\\p{L})`,
  "giu",
);

/** Words for relatives and friends in the nine languages; a given name may follow directly. */
export const kinWord = new RegExp(
  `(?<!\\p{L})(?:${alternatives(`
    (?:enkel|stief|schwieger|pflege|adoptiv|paten)?(?:sohn|tochter|kind|mutter|vater|eltern) | bub | bua | mädchen | maderl | junge | baby | (?:ehe)?(?:mann|frau) | mama | mami | mamma | papa | babba |
    oma | opa | gro(?:ß|ss)(?:mutter|vater) | (?:stief|halb|zwillings)?(?:bruder|schwester) | (?:schwager|schwägerin) | tante | onkel | nichte | neffe | enkel | enkelin | cousin | cousine | freund | freundin |
    partner | partnerin | lebensgefährt(?:e|in) | nachbar | nachbarin | mitbewohner | mitbewohnerin | kollege | kollegin | chef | chefin | vermieter | vermieterin | betreuer | betreuerin |
    son | daughter | kid | child | wife | husband | mother | mom | mum | father | dad | brother | sister | friend | aunt | uncle | niece | nephew | grand(?:mother|father|son|daughter|ma|pa) | neighbou?r | boss |
    boyfriend | girlfriend | landlord | oğlum | kızım | annem | babam | eşim | kocam | karım | kardeşim | ablam | abim | arkadaşım | ninem | dedem | син(?:а|у|ом)? | доньк(?:а|и|у) | дочк(?:а|и|у) |
    чоловік(?:а|у)? | дружин(?:а|и|у) | мам(?:а|и|у) | сестр(?:а|и|у) | брат(?:а|у)? | сын(?:а|у|ом)? | доч(?:ь|ери) | муж(?:а|у)? | жен(?:а|ы|у) | мат(?:ь|ери) | подруг(?:а|и|у) | друг |
    ابني | ابنتي | بنتي | زوجي | زوجتي | أمي | امي | أبي | ابي | أخي | اخي | أختي | اختي | figlio | figlia | marito | moglie | madre | padre | fratello | sorella | nonna | nonno | amico | amica |
    fils | fille | mari | femme | mère | père | frère | sœur | soeur | ami | amie | sin | sina | kći | kćer | kćerka | kćerku | muž | muža | žena | ženu | majka | majku | otac | oca | brat | brata | sestra | sestru`)}) `,
  "giu",
);

/** Forms of address; in capital or small letters where people write them so. "MS" is an illness, so Ms is taken as it stands. */
export const addressWord =
  /(?<![\p{L}\p{N}-])(?:[Hh]errn?|HERRN?|[Ff]rau|FRAU|Frl\.|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.|Prof\.|[Mm]onsieur|[Mm]adame|Mme|[Ss]ignora?|[Ss]ig\.(?:ra)?|[Gg]ospo(?:đa|đo|đu|dja)|[Gg]ospodin[ae]?|[Пп]ан[іу]?|[Гг]осподин|[Гг]оспожа|السيدة?|السيد|الأستاذة?|الدكتورة?|Sayın)(?:\s(?:Dr|Prof|med|dent|rer|nat|phil|jur|Dipl|Ing)\.?|\s(?:Doktor|Professor|Professorin)(?=\s)){0,3} /gu;

/** "meine Frau", "eine Frau": the word is no form of address there. */
export const possessiveBefore =
  /(?<!\p{L})(?:(?:m|d|s)?eine?[rnms]?|keine?[rnms]?|ihre?[rnms]?|unsere?[rnms]?|jede[rnms]?|als|a|mei|oane) $/iu;

/** A closing formula at the end of a message, with the names that sign it. */
export const signOff =
  /(?<!\p{L})(?:(?:(?:viele|liebe|schöne|beste|herzliche|vielen lieben|freundlichen?|besten?|sonnige) )?(?:gr(?:ü|ue)(?:ß|ss)(?:en?|le)?|gru(?:ß|ss))|lg|mfg|vg|(?:best|kind|warm) regards|regards|cheers|saygılarımla|с уважением|з повагою|cordiali saluti|cordialement|lijep pozdrav|pozdrav)[,!.]?\s{1,2}((?:\p{Lu}[\p{L}\p{M}'’-]{1,40}|\p{Lu}\.)(?: (?:\p{Lu}[\p{L}\p{M}'’-]{0,40}\.?)){0,2})[.!]?\s*$/iu;

/** Small words before a surname. */
export const particles: ReadonlySet<string> = new Set(
  "von vom van de der den zu zur la le di da del della dos el al bin ben abu ibn ter ten".split(" "),
);

/** Never a name, whatever stands before it. */
export const noNames: ReadonlySet<string> = new Set(
  `dr prof hr fr ich du er sie es wir ihr mich dich uns euch das dass des dem ein eine einen einer und oder aber denn weil wenn ob nicht kein keine auch schon noch nur jetzt bald gut gern gerne müde neu hier da dort so sehr
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
  /(?:ung|heit|keit|schaft|tion|ismus|ose|itis|enie|phobie|therapie|pädie|allergie|grad|kurs|klasse|garten|arzt|hilfe|krank|jahr|syndrom|adhs)$/iu;

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
  /(?:ski|ska|sky|skyj|ić|vic|vich|enko|chuk|ov|ova|ev|eva|oğlu|oglu|yan|dze|shvili|енко|ский|ская|ський|ська|ов|ова|ев|ева|чук|юк|ин|ина|ић|mann|huber|maier|meier|mayer|bauer)$/u;

/** Whether a word, in any case, looks like a family name. */
export function isSurname(word: string): boolean {
  const lower = word.toLowerCase();
  return surnames.has(lower) || (word.length >= 5 && surnameEnd.test(lower));
}
