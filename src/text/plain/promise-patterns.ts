import type { Lang } from "../../core/languages.ts";

/** What the assistant never says: that somebody has a right, what to do at law, what illness somebody has, how likely something is. */
export type PromiseKind = "entitlement" | "legal-advice" | "diagnosis" | "chances";

type Patterns = Readonly<Record<PromiseKind, readonly string[]>>;

/** Up to three words between two others. */
const few = "(?: \\p{L}+){0,3}?";

const deBenefit =
  "(?:\\p{L}*geld|geld|\\p{L}*zuschuss|rente|förderung|beihilfe|grundsicherung|\\p{L}*wohnung|aufenthalts-?erlaubnis|niederlassungs-?erlaubnis|visum|asyl|(?:kita-?|pflege-?|heim-?)?platz)";
const deIllness =
  "(?:depression(?:en)?|angst-?störung|burn-?out|krebs|demenz|diabetes|psychose|adhs|autismus|trauma|schizophrenie|ess-?störung|sucht|alkohol-?problem|corona|grippe)";

/** Patterns by language; letters in any case, whole words; a blank stands for any blanks. */
export const promisePatterns: Readonly<Record<Lang, Patterns>> = {
  de: {
    entitlement: [
      `(?:habe|haben|hast|hat|habt)${few}(?: \\p{L}+)? (?:rechts-?)?anspruch`,
      "(?:rechts-?)?anspruch(?: auf(?: \\p{L}+){1,4})? (?:habe|haben|hast|hat|habt|besteht)",
      `(?:haben sie|sie haben|du hast|hast du)${few} (?:ein|das) recht auf`,
      `(?:steht|stehen) (?:ihnen|dir|euch)${few}(?: \\p{L}+)? zu`,
      `(?:ihnen|dir|euch) (?:steht|stehen)(?: \\p{L}+){0,5}? zu`,
      "(?:sie sind|sind sie|du bist|bist du) (?:\\p{L}+ )?(?:anspruchs-?berechtigt|berechtigt)",
      `(?:sie (?:bekommen|erhalten|kriegen)|(?:bekommen|erhalten|kriegen) sie|du bekommst|bekommst du|du erhältst)${few} (?:sicher|bestimmt|garantiert|auf jeden fall|immer)`,
      `(?:sie (?:bekommen|erhalten|kriegen)|(?:bekommen|erhalten|kriegen) sie|du bekommst|bekommst du|du erhältst)${few} ${deBenefit}`,
      "(?:das|ihr) (?:amt|jobcenter|bezirk)?-? ?muss (?:ihnen|dir)(?: \\p{L}+){0,3} (?:zahlen|geben)",
      "(?:sie erfüllen|du erfüllst)(?: \\p{L}+){0,2} (?:voraussetzungen|bedingungen)",
      "(?:sie können|du kannst)(?: \\p{L}+)? mit(?: \\p{L}+){1,3} rechnen",
      "(?:ist|sind) (?:ihr|dein) (?:gutes )?recht",
      "(?:zahlt|bezahlt|übernimmt)(?: \\p{L}+){0,3}? (?:sicher|bestimmt|garantiert|auf jeden fall)",
    ],
    "legal-advice": [
      "(?:legen sie|sie sollten|sie müssen|sie können)(?: \\p{L}+){0,4} (?:widerspruch ein|widerspruch einlegen|klage einreichen|klagen)",
      "(?:klagen sie|reichen sie(?: \\p{L}+){0,3} klage ein|verklagen sie)",
      "(?:ihr|der) vermieter darf(?: \\p{L}+){0,3} nicht",
      "(?:kündigung|bescheid|vertrag|miet-?erhöhung) ist (?:unwirksam|ungültig|rechtswidrig|nichtig|illegal)",
      "(?:sie sind|sind sie) im recht",
      "(?:das|dies) ist (?:rechtswidrig|illegal|strafbar|gesetzlich verboten)",
      "(?:sie müssen|du musst) (?:das|die miete|die rechnung|die strafe) nicht (?:be)?zahlen",
    ],
    diagnosis: [
      `(?:sie haben|du hast|haben sie|hast du)${few} ${deIllness}`,
      `(?:sie leiden|du leidest)(?: \\p{L}+)? (?:an|unter) (?:\\p{L}+ )?${deIllness}`,
      "(?:sie sind|du bist) (?:\\p{L}+ )?(?:depressiv|suchtkrank|süchtig|dement|alkohol-?krank|psychisch krank|autistisch|schizophren|abhängig)",
      `(?:das ist|das klingt nach|das sind zeichen (?:für|von)) (?:\\p{L}+ ){0,2}${deIllness}`,
      "(?:ihre|deine) diagnose (?:ist|lautet)",
    ],
    chances: [
      "(?:gute|hohe|beste|große|sehr gute|bessere|schlechte|geringe|wenig|kaum|keine) (?:chancen?|aussichten)",
      "(?:ihre|deine) (?:chancen?|aussichten) (?:stehen|sind|ist)",
      "(?:ihr|dein) (?:\\p{L}*antrag|widerspruch|asyl-?antrag) (?:wird|hat|ist)(?: \\p{L}+){0,3} (?:bewilligt|genehmigt|erfolg|angenommen|anerkannt|abgelehnt|erfolgreich)",
      "(?:das|es) klappt (?:sicher|bestimmt|auf jeden fall)",
      "(?:ist|sind) (?:\\p{L}+ )?(?:ihnen|dir) sicher",
    ],
  },
  en: {
    entitlement: [
      "(?:you|they|everyone|everybody|all \\p{L}+) (?:are|is|will be)(?: \\p{L}+)? entitled",
      "(?:you|they) have(?: \\p{L}+)? (?:a|the)(?: legal)? right to",
      "you (?:are|will be)(?: \\p{L}+)? eligible",
      "you qualify for",
      "you (?:will (?:definitely|certainly|surely|always)|are sure to|are guaranteed to) (?:get|receive|be given|be paid)",
      "you (?:will |are going to )?(?:get|receive)(?: \\p{L}+){0,3}? (?:money|benefits?|allowance|pension|flat|place|visa|permit)",
      "you (?:meet|fulfil|fulfill)(?: \\p{L}+){0,2} (?:requirements|conditions|criteria)",
      "(?:is|are) your right",
      "you are owed",
    ],
    "legal-advice": [
      "you (?:should|must|can|could) (?:sue|take \\p{L}+ to court|file an? (?:lawsuit|appeal|objection)|appeal against)",
      "your landlord (?:may not|cannot|can't|is not allowed)",
      "(?:this|that|it|the (?:notice|contract|decision)) is (?:illegal|unlawful|invalid|void)",
      "you do(?: not|n't) have to pay (?:the|this|that)",
    ],
    diagnosis: [
      "you (?:have|suffer from|are suffering from)(?: \\p{L}+){0,3} (?:depression|burnout|cancer|dementia|diabetes|psychosis|adhd|autism|trauma|anxiety disorder|addiction)",
      "you are(?: \\p{L}+)? (?:depressed|addicted|mentally ill|autistic|an alcoholic|schizophrenic)",
      "(?:this|that|it) (?:is|sounds like|looks like)(?: \\p{L}+)? (?:depression|burnout|cancer|dementia|diabetes|psychosis|addiction)",
      "your diagnosis is",
    ],
    chances: [
      "(?:good|high|great|excellent|very good|better|poor|no|little) (?:chances?|odds|prospects)",
      "your (?:chances|odds|prospects) (?:are|look)",
      "your (?:application|appeal|claim) will(?: \\p{L}+)? (?:be (?:approved|granted|accepted|rejected)|succeed)",
    ],
  },
  tr: {
    entitlement: [
      "hakkınız (?:var|bulunuyor|bulunmaktadır)",
      "hakkın var",
      "(?:almaya|yararlanmaya|başvurmaya) hakkınız",
      "hak sahibisiniz",
      "(?:kesinlikle|mutlaka|garantili)(?: \\p{L}+){0,4} (?:alırsınız|alacaksınız)",
      "size (?:ödenmek|verilmek) zorunda",
      "(?:para|yardım parası|kira yardımı|çocuk parası|ödenek|maaş|vize|oturma izni) (?:alırsınız|alacaksınız)",
      "(?:şartları|koşulları) (?:karşılıyorsunuz|yerine getiriyorsunuz)",
    ],
    "legal-advice": [
      "(?:dava açın|dava açmalısınız|dava açabilirsiniz|itiraz edin|itiraz etmelisiniz)",
      "(?:bu|fesih|sözleşme|karar) (?:yasa dışı|yasadışı|geçersiz|hukuka aykırı)",
      "ev sahibiniz(?: \\p{L}+){0,3} yapamaz",
      "ödemek zorunda değilsiniz",
    ],
    diagnosis: [
      "(?:sizde|sende)(?: \\p{L}+)? (?:depresyon|kanser|demans|diyabet|psikoz|otizm|bağımlılık|tükenmişlik)(?: \\p{L}+)? var",
      "(?:depresyondasınız|depresyon hastasısınız|bağımlısınız|akıl hastasısınız|otistiksiniz)",
      "(?:tanınız|teşhisiniz)",
    ],
    chances: [
      "(?:şansınız|şansın) (?:\\p{L}+ )?(?:yüksek|iyi|düşük|büyük|yok)",
      "(?:yüksek|iyi|büyük) (?:bir )?(?:şansınız|ihtimaliniz)",
      "başvurunuz (?:kesinlikle |mutlaka )?(?:kabul edilecek|onaylanacak|reddedilecek)",
    ],
  },
  uk: {
    entitlement: [
      "(?:ви|ти) (?:маєте|маєш)(?: \\p{L}+)? право на",
      "(?:маєте|маєш) право (?:на|отримати|отримувати)",
      "вам (?:належить|належать|положено)",
      "ви (?:точно|обов'язково|обов’язково|напевно|гарантовано) (?:отримаєте|одержите)",
      "(?:ви )?(?:отримаєте|одержите)(?: \\p{L}+){0,2}? (?:гроші|виплату|допомогу на|квартиру|місце|візу|пенсію)",
      "ви відповідаєте(?: \\p{L}+)? умовам",
    ],
    "legal-advice": [
      "(?:подайте|подавайте|вам слід подати) (?:до суду|позов|скаргу|заперечення)",
      "(?:оскаржте|оскаржуйте)",
      "(?:це|звільнення|договір|рішення)(?: є)? (?:незаконно|незаконне|незаконний|недійсне|недійсний)",
      "ви не (?:повинні|зобов'язані|зобов’язані) платити",
    ],
    diagnosis: [
      "у (?:вас|тебе)(?: \\p{L}+){0,2} (?:депресія|рак|деменція|діабет|психоз|аутизм|залежність|вигорання|птср)",
      "ви (?:страждаєте|хворієте) на",
      "ваш діагноз",
    ],
    chances: [
      "(?:хороші|добрі|високі|великі|гарні|погані|низькі) шанси",
      "ваші шанси",
      "вашу заяву (?:\\p{L}+ )?(?:схвалять|приймуть|відхилять)",
    ],
  },
  ru: {
    entitlement: [
      "(?:имеете|имеешь)(?: \\p{L}+)? право (?:на|получить|получать)",
      "(?:у вас|у тебя) есть право",
      "вам (?:положено|положена|положены|полагается|полагаются|причитается)",
      "вы (?:точно|обязательно|наверняка|гарантированно) (?:получите|будете получать)",
      "(?:вы )?получите(?: \\p{L}+){0,2}? (?:деньги|пособие|выплату|квартиру|место|визу|пенсию)",
      "вы соответствуете(?: \\p{L}+)? условиям",
    ],
    "legal-advice": [
      "(?:подайте|подавайте|вам следует подать|вам нужно подать) (?:в суд|иск|жалобу|возражение)",
      "(?:обжалуйте|оспорьте)",
      "(?:это|увольнение|расторжение|договор|решение) (?:незаконно|незаконен|недействительно|недействителен)",
      "вы не (?:обязаны|должны) платить",
    ],
    diagnosis: [
      "у (?:вас|тебя)(?: \\p{L}+){0,2} (?:депрессия|рак|деменция|диабет|психоз|аутизм|зависимость|выгорание|птср)",
      "вы (?:страдаете|больны)",
      "ваш диагноз",
    ],
    chances: [
      "(?:хорошие|высокие|большие|отличные|плохие|низкие) шансы",
      "ваши шансы",
      "ваше заявление (?:\\p{L}+ )?(?:одобрят|примут|отклонят)",
    ],
  },
  ar: {
    entitlement: [
      "(?:لديك|لك|عندك) (?:ال)?حق (?:في|ب)",
      "(?:لديك|لك|عندك) الحق",
      "يحق (?:لك|لكم)",
      "(?:أنت|انت) (?:مستحق|مؤهل)",
      "(?:تستحق|تستحقون) (?:ال)?(?:مساعدة|إعانة|دعم|مال|بدل|معونة)",
      "(?:ستحصل|سوف تحصل) (?:\\p{L}+ ){0,3}(?:بالتأكيد|حتما|حتماً|بكل تأكيد)",
      "(?:بالتأكيد|حتما|حتماً) (?:ستحصل|سوف تحصل)",
      "(?:ستحصل|سوف تحصل) على (?:ال)?(?:مال|نقود|إعانة|شقة|مكان|تأشيرة|معاش)",
      "(?:تستوفي|استوفيت)(?: \\p{L}+)? الشروط",
    ],
    "legal-advice": [
      "(?:ارفع|يجب أن ترفع|عليك رفع|عليك أن ترفع|يمكنك رفع) (?:دعوى|قضية)",
      "(?:قدم|عليك تقديم|يجب أن تقدم) (?:اعتراضا|اعتراضاً|اعتراض|طعنا|طعناً)",
      "(?:هذا|هذه|الفسخ|العقد|القرار) (?:غير قانوني|غير قانونية|باطل|باطلة)",
      "(?:لست|غير) (?:ملزم|ملزما|ملزماً|مجبر|مجبرا|مجبراً) بالدفع",
    ],
    diagnosis: [
      "(?:لديك|عندك) (?:\\p{L}+ )?(?:اكتئاب|سرطان|خرف|سكري|ذهان|توحد|إدمان)",
      "(?:أنت|انت) (?:مصاب|مصابة|تعاني|مدمن|مكتئب)",
      "تشخيصك",
    ],
    chances: [
      "(?:فرصك|فرصتك|حظوظك)",
      "(?:لديك|عندك) (?:\\p{L}+ )?(?:فرصة|فرص) (?:جيدة|كبيرة|عالية|ضعيفة)",
      "(?:سيتم|سوف يتم) (?:قبول|رفض) طلبك",
    ],
  },
  it: {
    entitlement: [
      "(?:ha|hai|avete|hanno)(?: \\p{L}+)? diritto (?:a|al|alla|allo|all|ai|alle|di)",
      "(?:le|ti|vi) (?:spetta|spettano)",
      "(?:riceverà|riceverai|otterrà|otterrai) (?:sicuramente|certamente|di sicuro)",
      "(?:riceverà|riceverai|otterrà|otterrai)(?: \\p{L}+){0,2}? (?:soldi|denaro|sussidio|contributo|appartamento|posto|visto|pensione)",
      "(?:soddisfa|soddisfi)(?: \\p{L}+){0,2} (?:requisiti|condizioni)",
    ],
    "legal-advice": [
      "(?:faccia|fai|presenti|presenta|deve fare|deve presentare) (?:causa|ricorso|opposizione)",
      "(?:è|sono) (?:illegale|illegali|illegittimo|illegittima|nullo|nulla)",
      "non (?:deve|devi) pagare",
    ],
    diagnosis: [
      "(?:lei ha|tu hai|ha|hai|soffre di|soffri di)(?: (?:una|un|la|il|la sua))?(?: \\p{L}+)? ?(?:depressione|cancro|demenza|diabete|psicosi|autismo|dipendenza|burnout)",
      "(?:è|sei) (?:depresso|depressa|dipendente da|malato di|malata di|autistico|autistica)",
      "(?:la sua|la tua) diagnosi",
    ],
    chances: [
      "(?:buone|ottime|alte|grandi|poche|scarse) (?:possibilità|probabilità|chance)",
      "(?:le sue|le tue) (?:possibilità|probabilità) sono",
      "(?:la sua|la tua) (?:domanda|richiesta) (?:sarà|verrà) (?:\\p{L}+ )?(?:accettata|approvata|respinta)",
    ],
  },
  fr: {
    entitlement: [
      "(?:avez|as|ont|a)(?: \\p{L}+)? droit (?:à|au|aux|de)",
      "(?:avez|as) le droit (?:à|de recevoir|d['’]obtenir)",
      "(?:vous êtes|tu es)(?: \\p{L}+)? éligible",
      "(?:vous recevrez|vous obtiendrez|vous aurez) (?:certainement|sûrement|forcément|à coup sûr)",
      "(?:vous recevrez|vous obtiendrez|tu recevras)(?: \\p{L}+){0,2}? (?:argent|allocation|allocations|logement|place|visa|pension)",
      "(?:vous remplissez|tu remplis)(?: \\p{L}+){0,2} conditions",
    ],
    "legal-advice": [
      "(?:portez plainte|faites un recours|faites appel|vous devez (?:faire|déposer) (?:un recours|une plainte)|attaquez en justice)",
      "(?:c['’]est|est) (?:illégal|illégale|nul et non avenu|contraire à la loi)",
      "vous n['’]avez pas à payer",
    ],
    diagnosis: [
      "(?:vous avez|tu as|vous souffrez d['’e]|tu souffres d['’e])(?: (?:une|un|le|la|du))?(?: \\p{L}+)? ?(?:dépression|cancer|démence|diabète|psychose|autisme|addiction|burn-?out)",
      "(?:vous êtes|tu es)(?: \\p{L}+)? (?:dépressif|dépressive|dépendant|dépendante|autiste|malade mental)",
      "(?:votre|ton) diagnostic",
    ],
    chances: [
      "(?:bonnes|grandes|fortes|excellentes|faibles|peu de|aucune) chances?",
      "(?:vos|tes) chances",
      "(?:votre|ta) demande sera (?:\\p{L}+ )?(?:acceptée|approuvée|refusée|rejetée)",
    ],
  },
  hr: {
    entitlement: [
      "(?:imate|imaš|ima|imaju)(?: \\p{L}+)? pravo (?:na|da|dobiti)",
      "pravo (?:na(?: \\p{L}+){1,3}) (?:imate|imaš)",
      "(?:vama|vam|ti) (?:pripada|pripadaju|sleduje)",
      "(?:sigurno|zasigurno|garantirano|garantovano) (?:ćete|ćeš) (?:dobiti|primiti)",
      "(?:dobit|dobićete|dobićeš)(?: ćete| ćeš)? (?:sigurno|zasigurno|garantirano)",
      "(?:dobit ćete|dobićete|dobiti ćete|dobivate)(?: \\p{L}+){0,2}? (?:novac|naknadu|stan|mjesto|vizu|mirovinu|penziju)",
      "(?:ispunjavate|ispunjavaš)(?: \\p{L}+)? (?:uvjete|uslove)",
    ],
    "legal-advice": [
      "(?:podnesite|podnesi|trebate podnijeti|morate podnijeti|uložite) (?:tužbu|žalbu|prigovor)",
      "(?:tužite|tuži) ",
      "(?:je|su) (?:nezakonito|nezakonit|nezakonita|ništavan|ništavna|nevažeći|nevažeća)",
      "ne (?:morate|moraš) platiti",
    ],
    diagnosis: [
      "(?:imate|imaš)(?: \\p{L}+)? (?:depresiju|rak|demenciju|dijabetes|psihozu|autizam|ovisnost|zavisnost)",
      "(?:bolujete|patite|boluješ|patiš) od",
      "(?:vaša|tvoja) dijagnoza",
    ],
    chances: [
      "(?:dobre|velike|visoke|odlične|loše|male) (?:šanse|izglede)",
      "(?:vaše|tvoje) šanse",
      "(?:vaš|tvoj) zahtjev će (?:\\p{L}+ )?biti (?:odobren|prihvaćen|odbijen)",
    ],
  },
};

/** Words before a promise, in its clause, that make it a question of what an office decides: they excuse entitlement alone. */
export const hedges: readonly string[] = [
  ...["vielleicht", "möglicherweise", "eventuell", "ob", "wenn", "falls"],
  ...["may", "might", "maybe", "perhaps", "possibly", "whether", "if"],
  ...["belki", "eğer", "olabilir"],
  ...["можливо", "якщо", "чи"],
  ...["возможно", "может быть", "если", "ли"],
  ...["ربما", "قد", "إذا", "هل", "ما إذا"],
  ...["forse", "se", "magari"],
  ...["peut-être", "si"],
  ...["možda", "ako", "da li"],
];
