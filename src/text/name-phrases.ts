/** A list that is written with ` | ` between its entries, as one alternative of a pattern. */
function alternatives(words: string): string {
  return words
    .trim()
    .split(/ \|\s+/)
    .join("|");
}

function phrase(words: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${alternatives(words)})(?!\\p{L})`, "giu");
}

/** What comes right before a name, whatever its case: after these verbs a name follows nearly always. */
export const calledPhrase = phrase(`
  ich (?:hei(?:ß|ss)e?|heis) | i (?:hoa(?:ß|ss)|hei(?:ß|ss)) | je m['’]appelle | mi chiamo | zovem se | зовем се | меня зовут | мене звати |
  мене звуть | اسمي | إسمي | وإسمي | واسمي`);

/** What comes before a name but also before other words ("mein Name ist falsch"): a capital or a known name counts. */
export const nameIsPhrase = phrase(`
  (?:mein|sein|ihr|unser|dein|deren|dessen|der|vollständiger)? ?(?:voller |ganzer |neuer |alter |früherer )?(?:vor|nach|familien|geburts|mädchen|ruf|zu)?name (?:ist|war|lautet|is|wäre|sei|war früher) | mei nam(?:e|a)? is(?:t|d)? |
  (?:vor|nach|familien|geburts|mädchen|ruf)?name(?:n)?(?: des kindes| der mutter| des vaters)?(?=:) | name(?:,)? vorname(?=:) | (?:ich|mein) name | name von mir | (?:vor|nach|familien|geburts|mädchen|ruf)name |
  (?:sohn|tochter|kind|bub|mann|frau|mutter|mama|vater|papa|oma|opa|bruder|schwester|freund|freundin|enkel|enkelin|nichte|neffe|baby|kleine|kleiner|große|großer|er|sie) (?:hei(?:ß|ss)t|hoa(?:ß|ss)t) |
  wir hei(?:ß|ss)en | (?:kinder|söhne|töchter|zwillinge|buben|mädchen|beiden|sie) hei(?:ß|ss)en | name(?!['’]) |
  namens | mit namen | geb\\. | geborene | vormals | auf den namen | unter dem namen | im namen von | im auftrag von | (?:läuft|lautet|ausgestellt|gemeldet|gebucht|reserviert|registriert) auf(?: den namen)? | namen |
  absender(?:in)?(?=:) | antragsteller(?:in)? | unterschrift | gez\\. | unterschreib\\p{L}{0,3}(?: das| mal| hier){0,3} mit | unterzeichnet(?: von)? | kontoinhaber(?:in)? | mieter(?:in)?(?=:) | patient(?:in)?(?=:) | kunde(?=:) | kundin(?=:) | ansprechpartner(?:in)?(?=:) | z\\.? ?hd\\.?(?: v\\.?)? | c/o | i\\. ?a\\. |
  my (?:(?:full|last|first|family|maiden|given|sur|middle) ?)?name(?: is|['’]s| was|(?=:)) | (?:(?:full|last|first|family|maiden|given) )?name(?=:) | name(?: is|['’]s) | surname(?: is|:)? | (?:last|first|family|maiden|given) name | (?:his|her|their|the) name is | i['’]?m called | i am called | named | call me | (?:in|under) the name(?: of)? | on behalf of | signed(?: by)? | applicant(?=:) |
  (?:husband|wife|son|daughter|partner|mother|father|brother|sister|friend|boyfriend|girlfriend|boss|landlord|child|baby|kid)(?:['’]s name is|['’]s|(?=:)) |
  benim adım | adım | [iİ]smim | soyadım | soyadı | adı soyadı | ad soyad | adı | ismi | (?:oğlumun|kızımın|eşimin|annemin|babamın) (?:adı|ismi) |
  моє (?:повне )?ім['’ʼ]я | мо[её] (?:полное )?имя | моє прізвище | прізвище(?: та ім['’ʼ]я)? | ім['’ʼ]я(?: та прізвище)? | моя фамилия | фамилия(?: и имя| имя)? | имя(?: и фамилия)? | піб | фио | його звати | її звати | звати | звуть | зовут | его зовут | её зовут | ее зовут | на ім['’ʼ]я | на имя | від імені | от имени | підпис(?=:) | подпись(?=:) | отчество | по батькові |
  il mio nome è | il mio cognome è | cognome(?: è)? | nome(?: e cognome)? | si chiama | a nome(?: di)? | firmato | intestato a | di nome |
  mon nom(?: de famille)?(?: est|(?=:)) | mon prénom(?: est|(?=:)) | nom(?: de famille)?(?: ?: ?| est) | prénom(?: ?: ?| est)? | nom et prénom | s['’]appelle | au nom de | signé |
  moje (?:puno )?ime(?: i prezime)?(?: je)? | moje prezime(?: je)? | prezime(?: mi)?(?: je)? | ime(?: i prezime)?(?: mi)?(?: je)? | zove se | se zove | na ime | u ime | potpis |
  اسمه | اسمها | الاسم(?: الكامل)? | اسم العائلة | اسم العيلة | العائلة | الكنية | كنيتي | باسم | بإسم | اسم (?:ابني|بنتي|ابنتي|زوجي|زوجتي|أمي|أبي)`);

/** "I am …", "this is …": a known given name, or two capitals where nouns are written small. */
export const iAmPhrase = phrase(`
  ich bin(?:['’]?s)?(?: (?:nochmal|wieder|es|der|die|da|de),?)* | i bin(?:s)?(?: (?:da|de|d['’]))? | hier (?:ist|spricht|schreibt|noch ?mal|wieder)(?: (?:der|die|nochmal))? | hier | da ist(?: (?:der|die))? | wir sind | bin (?:der|die) |
  i['’]m | i am | (?:husband|wife|son|daughter|partner|mother|father|brother|sister|friend|boyfriend|girlfriend|boss|landlord|child|baby|kid) is | mon (?:mari|fils|père|frère) est | ma (?:femme|fille|mère|sœur|soeur) est | mio (?:marito|figlio|padre|fratello) è | mia (?:moglie|figlia|madre|sorella) è |
  (?:sohn|tochter|kind|mann|frau|mutter|vater|bruder|schwester|freund|freundin|partner|partnerin|vermieter|vermieterin|betreuer|betreuerin|chef|chefin) (?:ist|is|war)(?: der| die)? | this is | it['’]s me | it['’]s | we are | here is | ben | burası | biz | я | це | это | мы | ми | je suis | c['’]est | ici | moi c['’]est | nous sommes | sono | qui(?: è)? | siamo | ja sam | ovdje(?: je)? | mi smo | ovo je |
  أنا | انا | معك | معكم | نحن`);

/** The phrases of "I am" after which German nouns may stand in capitals. */
export const germanIAm =
  /^(?:ich|i bin|hier|da ist|wir|bin)|^(?:sohn|tochter|kind|mann|frau|mutter|vater|bruder|schwester|freund|partner|vermieter|betreuer|chef)|ist$/i;

/** Words for relatives and friends in the nine languages; a given name may follow directly. */
export const kinWord = new RegExp(
  `(?<!\\p{L})(?:${alternatives(`
    (?:enkel|stief|schwieger|pflege|adoptiv|paten)?(?:sohn(?:e?s)?|söhne|tochter|töchter|kind|kinder|kindes|zwillinge|mutter|vater|eltern) | bub | buben | bua | mädchen | mädels? | jungs | maderl | junge | baby | babys? | (?:ex-?)?(?:ehe)?(?:mann|mannes|frau) | mama | mami | mamma | papa | babba | kleine | kleiner | große | großer | jüngste | jüngster | älteste | ältester |
    oma | opa | gro(?:ß|ss)(?:mutter|vater) | (?:stief|halb|zwillings)?(?:bruder|schwester) | (?:schwager|schwägerin) | tante | onkel | nichte | neffe | enkel | enkelin | enkelkind | cousin | cousine | freund | freundin | verlobte | verlobter |
    partner | partnerin | lebensgefährt(?:e|in) | nachbar | nachbarin | nachbarn | mitbewohner | mitbewohnerin | kollege | kollegin | chef | chefin | vermieter | vermieterin | betreuer | betreuerin | hausarzt | hausärztin | familie | fam\\. |
    sons? | daughters? | kids? | child | children | baby | twins | wife | husband | fianc[ée]e? | mother | mom | mum | father | dad | brother | sister | friend | aunt | uncle | niece | nephew | grand(?:mother|father|son|daughter|ma|pa) | neighbou?r | boss | colleague | roommate | flatmate |
    boyfriend | girlfriend | landlord | landlady | family | oğl(?:um|umuz)(?:un)? | kız(?:ım|ımız)(?:ın)? | çocuklar(?:ım|ımız) | bebeğim(?:iz)? | annem | babam | eşim(?:in)? | kocam | karım | kardeşim | ablam | abim | arkadaşım | ninem | dedem | komşum | kuzenim | yeğenim |
    син(?:а|у|ом|и)? | доньк(?:а|и|у|ою) | дочк(?:а|и|у|е|ой) | дітей | діти | дети | детей | дитин(?:а|и|у) | ребён?ок | ребенок | ребёнка | ребенка | чоловік(?:а|у|ом)? | дружин(?:а|и|у|ою) | мам(?:а|и|у|е) | тат(?:о|а) | пап(?:а|ы|у) | сестр(?:а|и|у|ы) | брат(?:а|у|ом)? | сын(?:а|у|ом)? | доч(?:ь|ери|ерью) | муж(?:а|у|ем)? | жен(?:а|ы|у|ой|е) | мат(?:ь|ери) | от(?:ец|ца) | подруг(?:а|и|у) | друг(?:а|у)? | бабус(?:я|і|ю) | бабушк(?:а|и|у) | сусід(?:ка)? | сосед(?:ка)? | семья | сім['’ʼ]я | родина |
    ابني | ولدي | ابنتي | بنتي | طفلي | طفلتي | زوجي | جوزي | زوجتي | مرتي | أمي | امي | والدتي | والدي | أبي | ابي | أخي | اخي | اخوي | أختي | اختي | صديقي | صديقتي | جاري | عائلة |
    figli[oaie]? | bambin[oaie] | marito | moglie | madre | padre | mamma | papà | fratello | sorella | nonna | nonno | amico | amica | compagn[oa] | suocer[oa] | famiglia | fidanzat[oa] | nipote |
    fils | filles? | enfants? | mari | femme | époux | épouse | mère | père | maman | papa | frère | sœur | soeur | ami | amie | copain | copine | conjointe? | compagne | compagnon | bébé | belle-mère | famille |
    sin | sina | sinu | sinom | djec[au] | dijete | kći | kćer | kćeri | kćerka | kćerku | kćerkica | muž | muža | mužu | suprug | supruga | žena | ženu | ženom | majka | majku | mama | mamu | tata | otac | oca | brat | brata | sestra | sestru | prijatelj(?:ica)? | susjed(?:a|ka)? | obitelj | baka | baku`)})(?:,| :|:|,? (?:die|der|klein[er]?|mittler\\p{L}|älter\\p{L}{1,2}|jünger\\p{L}{1,2}))? `,
  "giu",
);

/** Words for a family, with its name right behind. */
export const familyWord = /(?<!\p{L})(?:[Ff]amilie|[Ff]am\.|[Ff]amille|[Ff]amiglia|[Oo]bitelj|[Сс]ім['’ʼ]я|[Сс]емья|[Рр]одина) /gu;

/** What stands before the name of the person that a request is about: "Geburtsurkunde von Lea". */
export const aboutWord = phrase("für | von | vom | für die | für den | wegen | for | about | per | pour | za | для | про | için");

/** Forms of address; in capital or small letters where people write them so. "MS" is an illness, so Ms is taken as it stands. */
export const addressWord =
  /(?<![\p{L}\p{N}-])(?:[Hh]errn?|HERRN?|[Ff]rau|FRAU|Frl\.|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.|Prof\.|[Mm]onsieur|[Mm]adame|Mme|[Ss]ignora?|[Ss]ig\.(?:ra)?|[Gg]ospo(?:đa|đo|đu|dja)|[Gg]ospodin[ae]?|[Пп]ан[іу]?|[Гг]осподин|[Гг]оспожа|السيدة?|السيد|الأستاذة?|الدكتورة?|Sayın)(?:\s(?:Dr|Prof|med|dent|rer|nat|phil|jur|Dipl|Ing)\.?|\s(?:Doktor|Professor|Professorin)(?=\s)){0,3} /gu;

/** "meine Frau", "eine Frau": the word is no form of address there. */
export const possessiveBefore =
  /(?<!\p{L})(?:(?:m|d|s)?eine?[rnms]?|keine?[rnms]?|ihre?[rnms]?|unsere?[rnms]?|jede[rnms]?|als|a|mei|oane) $/iu;

/** What stands behind a name to say that it is one: "Anna Huber hier," "Anna Huber ist mein Name". */
export const nameBehind =
  /^(?:,? (?:hier|here)(?= ?[,.!:;\n]|$| (?:nochmal|noch|wieder|again|schreibt|aus|vom|from))|,? (?:mein|my) name(?=[,.!\n]|$)|,? (?:ist|is|war) (?:mein|my|der|unser) (?:\p{L}{1,12} ?)?name(?!\p{L})|,? hei(?:ß|ss)e? (?:ich|i)(?!\p{L})|,? am apparat| ?\((?:also )?(?:ich|me|das bin ich|mein\p{L}? \p{L}{3,12}|ja|я|moi|io|ben)\)|,? (?:das|so) (?:bin|hei(?:ß|ss)e?) ich|,? that['’]s me|,? (?:c['’]est moi|sono io|to sam ja|це я|это я|benim)(?!\p{L})|,? (?:geb(?:oren\p{L}{0,2})?(?!\p{L})|geburtsdatum|born|née?|nat[oa]|rođen|doğum|народ|род)|,? \[Geburts-Datum\]|,? ?\n? ?(?:tel\.?|telefon|handy|mobil)?:? ?\[(?:Telefon|E-Mail)\])/iu;

/** "Huber, Vorname Anna": a family name right before the label of the given one. */
export const givenNameBehind = /^,? (?:[Vv]orname|[Ff]irst name|ім['’ʼ]я|имя|prénom|nome|ime)(?=:? (?:\[Name\]|\p{Lu}))/u;

/** Closing formulas: a person's name follows nearly always if the message ends with it. */
const farewells = alternatives(`
  (?:(?:viele|liebe|schöne|beste|herzliche|vielen lieben|mit|freundlichen?|freundliche|besten?|sonnige|liabe) ){0,3}(?:gr(?:ü|ue|u)(?:ß|ss|s)(?:en?|le|li)?|gru(?:ß|ss)) | lg | mfg | vg | bg | hg | glg | ganz liebe grüße | hochachtungsvoll | pfiat eich | servus | bis bald | bis dann |
  (?:best|kind|warm|kindest) regards | regards | cheers | best(?: wishes)?(?=[,\\n]) | sincerely(?: yours)? | yours (?:sincerely|truly|faithfully) | take care |
  saygılarımla | saygılar | selamlar | sevgiler | sevgilerimle | iyi günler | kolay gelsin | с уважением | з повагою | всего доброго | всього найкращого | с наилучшими пожеланиями | до побачення | до свидания |
  (?:cordiali|distinti|cari) saluti | saluti | un saluto | cordialmente | cordialement | bien à vous | (?:bien )?amicalement | salutations(?: distinguées)? | bises | lijep pozdrav | pozdrav | lp | srdačan pozdrav | s poštovanjem | unaprijed hvala |
  مع (?:جزيل |خالص |فائق )?(?:الشكر|التحية|تحياتي|التقدير|الاحترام|تحيات) | تحياتي | تحيات | وشكرا | والسلام | أخوكم | اخوكم | أختكم | ابنكم | المخلص | المخلصة`);

const thanks = alternatives(`
  danke(?: schön| sehr| dir| euch| ihnen| im voraus| vorab| für (?:die|ihre) hilfe)? | dankeschön | vielen dank(?: im voraus| vorab)? | merci(?: beaucoup| d['’]avance)? | vergelts gott | thanks(?: a lot| so much| again| in advance)? | thank you(?: very much| so much)? | thx | many thanks |
  teşekkürler | teşekkür ederim | sağ ?olun | дякую(?: за допомогу| наперед)? | спасибо(?: большое| заранее)? | благодарю | grazie(?: mille| in anticipo)? | hvala(?: lijepa| vam| puno)? | شكرا | شكراً | شكرا جزيلا | شكرا لكم | مشكورين | tschüss | ciao | bonne journée | schönen tag(?: noch)?`);

/** Closing formulas at the end of a message, with what stands behind them in group 1. */
export const farewell = new RegExp(
  `(?<!\\p{L})(?:${farewells})(?:,? (?:von|vom|dein|deine|ihr|ihre|eure|euer|die|der)(?= ))?[,!.:، –-]{0,3}\\s{1,3}([^\\n]{2,60}?)[.!)\\s]*$`,
  "iu",
);

/** Thanks at the end of a message: less sure to be followed by a name. */
export const closingThanks = new RegExp(`(?<!\\p{L})(?:${thanks})[,!.:، –-]{0,3}(\\s{1,3})([^\\n]{2,60}?)[.!)\\s]*$`, "iu");

/** "Grüße vom Alois", "mit freundlichen Grüßen Anna Huber" inside a text. */
export const greetingFrom =
  /(?<!\p{L})(?:gr(?:ü|ue)(?:ß|ss)e?n?|gruß|regards|greetings|saluti|pozdrav|selam)(?: (?:vom|von(?: der| dem)?|from|da|de|od|auch))? /giu;
