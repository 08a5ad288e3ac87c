import type { ReadText, Word } from "./read-text.ts";
import { eachWord, type Finding, type PlainRule } from "./rule.ts";

const werden = new Set(["wird", "werden", "werde", "wirst", "werdet", "wurde", "wurden", "wurdest", "worden"]);

const separable =
  "(?:ab|an|auf|aus|bei|dar|durch|ein|fest|fort|frei|her|hin|los|mit|nach|statt|teil|um|unter|vor|weg|weiter|wieder|zu|zurück|zusammen)?";
const weakParticiple = new RegExp(
  `^${separable}(?:ge\\p{Ll}{2,}t|(?:be|ver|er|ent|emp|zer|miss|über|unter|hinter|wider|durch|voll)\\p{Ll}{3,}t|\\p{Ll}{2,}iert)$`,
  "u",
);
const strongParticiple = new RegExp(
  `^${separable}(?:ge(?:backen|beten|bogen|boten|bracht|brochen|bunden|dacht|fangen|flogen|fressen|froren|funden|geben|gessen|goren|gossen|graben|griffen|halten|hangen|hoben|holfen|kniffen|laden|lassen|liehen|lesen|logen|messen|mieden|nommen|nannt|pfiffen|priesen|raten|rissen|rochen|rufen|sandt|schaffen|schieden|schlagen|schlossen|schmissen|schnitten|schoben|schoren|schossen|schrieben|sehen|soffen|sonnen|spalten|sponnen|sprochen|standen|stochen|stohlen|stoßen|strichen|sungen|tan|tragen|trieben|trunken|waschen|wiesen|wogen|wonnen|worben|worfen|wunden|zogen|zwungen)|(?:be|ver|er|ent|emp|zer|miss|über|unter|wider)(?:boten|brochen|bunden|dacht|fahren|funden|gangen|geben|griffen|halten|hoben|laden|lassen|loren|messen|mieden|nommen|raten|schieden|schlossen|schoben|schossen|schrieben|sprochen|standen|stoßen|tragen|trieben|wendet|wiesen|worben|worfen|zogen))$`,
  "u",
);
/** They look like participles and are adjectives or adverbs; "geboren" is how people say it. */
const noParticiple = new Set(
  "gerecht gesamt gespannt geeignet bekannt beliebt bewusst berühmt vertraut verwandt verrückt verliebt überhaupt erst ernst gut bereit interessiert engagiert kompliziert geboren besetzt entsetzt".split(
    " ",
  ),
);
/** They are infinitives as well: only right before "werden" or behind "kann" they are passive; "Sie werden erhalten" is future. */
const alsoInfinitive = /^(?:be|ver|er|ent|emp|zer|über|unter)(?:fahren|geben|halten|laden|lassen|messen|raten|stoßen|tragen)$/u;

function isParticiple({ text }: Word): boolean {
  return !noParticiple.has(text) && (weakParticiple.test(text) || strongParticiple.test(text));
}

/** The word at `at` is a form of "werden": the participle of its clause, before or behind it. */
function participleOf(words: readonly Word[], at: number, clauseEnds: (from: Word, to: Word) => boolean): Word | undefined {
  const auxiliary = words[at];
  const before = words[at - 1];
  if (auxiliary === undefined) return undefined;
  if (before !== undefined && isParticiple(before) && !clauseEnds(before, auxiliary)) return before;
  for (const word of words.slice(at + 1)) {
    if (clauseEnds(auxiliary, word)) return undefined;
    if (isParticiple(word) && !alsoInfinitive.test(word.text)) return word;
  }
  return undefined;
}

function passives({ running, sentences }: ReadText): readonly Finding[] {
  const clauseEnds = (from: Word, to: Word) => /[,;:–]/u.test(running.slice(from.end, to.start));
  return sentences.flatMap(({ words }) => {
    const taken = new Set<Word>();
    return words.flatMap((word, at) => {
      if (!werden.has(word.lower)) return [];
      const participle = participleOf(words, at, clauseEnds);
      if (participle === undefined || taken.has(participle)) return [];
      taken.add(participle);
      return [
        {
          start: Math.min(word.start, participle.start),
          end: Math.max(word.end, participle.end),
          suggestion: "Sagen Sie, wer es tut: das Amt, Sie, wir.",
        },
      ];
    });
  });
}

/** What to write instead of the subjunctive. "möchte" is the polite form of "will" and stays. */
const subjunctive: readonly (readonly [form: RegExp, instead: string])[] = [
  [/^hätte(?:n|st|t)?$/u, "hat oder haben"],
  [/^wäre(?:n|st|t)?$/u, "ist oder sind"],
  [/^könnte(?:n|st|t)?$/u, "kann oder können"],
  [/^würde(?:n|st|t)?$/u, "das Verb ohne „würde“"],
  [/^müsste(?:n|st|t)?$/u, "muss oder müssen"],
  [/^dürfte(?:n|st|t)?$/u, "darf oder dürfen"],
  [/^sollte(?:n|st|t)?$/u, "soll oder sollen"],
  [/^bräuchte(?:n|st|t)?$/u, "braucht oder brauchen"],
  [/^(?:käme|gäbe|ginge|ließe|fände|wüsste|stünde|läge)(?:n|st|t)?$/u, "die Form für jetzt: kommt, gibt, geht"],
];

const articles = new Set(["des", "eines", "meines", "deines", "seines", "ihres", "unseres", "eures"]);
const feminineArticles = new Set(["der", "einer", "meiner", "deiner", "seiner", "ihrer", "unserer", "aller"]);
const noun = /^\p{Lu}[\p{Ll}-]{2,}/u;
/** Capitals that are no nouns, or nouns that a dative follows: "am Montag der Woche" is rare, "Hilft das Amt der Frau?" is not. */
const noHead = new Set([
  "Sie",
  "Ihnen",
  "Ihr",
  "Ihre",
  "Ihren",
  "Ihrer",
  "Ihrem",
  "In",
  "An",
  "Auf",
  "Aus",
  "Bei",
  "Mit",
  "Nach",
  "Von",
  "Vor",
  "Zu",
  "Für",
  "Beispiel",
]);

const fromSuggestion = "Schreiben Sie „von“: die Beratung von der Stadt.";

/** "des Amtes", "eines Kindes": the noun ends in s. */
function genitiveEnd(words: readonly Word[], at: number): Word | undefined {
  const article = words[at];
  if (article === undefined || !articles.has(article.lower)) return undefined;
  const found = words.slice(at + 1, at + 4).find(({ text }) => noun.test(text));
  if (found === undefined) return undefined;
  return article.lower === "des" || /(?:s|ß)$/u.test(found.text) ? found : undefined;
}

/** "die Beratung der Stadt": a noun right before the article, and nothing between. */
function feminineGenitiveEnd(running: string, words: readonly Word[], at: number): Word | undefined {
  const [head, article] = [words[at - 1], words[at]];
  if (head === undefined || article === undefined || !feminineArticles.has(article.text)) return undefined;
  if (!noun.test(head.text) || noHead.has(head.text) || running.slice(head.end, article.start) !== " ") return undefined;
  // The first word of a sentence has a capital whatever it is: "Hilft der Antrag?", "Kostet der Kurs Geld?"
  if (at === 1 && !/(?:ung|heit|keit|schaft|ion|tät)$/u.test(head.text)) return undefined;
  const next = words.slice(at + 1, at + 3).find(({ text }) => noun.test(text));
  return next !== undefined && /^[ \p{Ll}]*$/u.test(running.slice(article.end, next.start)) ? next : undefined;
}

function genitives({ running, sentences }: ReadText): readonly Finding[] {
  return sentences.flatMap(({ words }) =>
    words.flatMap((word, at) => {
      const last = genitiveEnd(words, at) ?? feminineGenitiveEnd(running, words, at);
      return last === undefined ? [] : [{ start: word.start, end: last.end, suggestion: fromSuggestion }];
    }),
  );
}

/** Past tense of strong full verbs, without the endings -st, -t, -en; "war", "hatte" and modal verbs stay. */
const strongPast =
  "bat band begann bekam betraf bewarb blieb brach brachte dachte entschied entstand erfuhr erhielt ertrank fand fiel fing flog floh fror fuhr gab galt gelang gewann ging griff half hielt hieß kam kannte lag las lief ließ log nahm nannte rief sah sang sank saß schien schlief schloss schlug schnitt schrieb schwamm schwieg sprach sprang stand starb stieg stritt trat traf trieb trug trank tat verbot vergaß verlor verließ verschwand verstand versprach wies wuchs wusch wusste zog zwang".split(
    " ",
  );
const strongPastForms = new RegExp(`^(?:${strongPast.join("|")})(?:s?t|e?n)?$`, "u");
/** Forms that are something else as well: "lag", "sah" stand alone, "las" has a plural that is a tense for now. */
const otherWords = new Set([
  "bat",
  "banden",
  "galten",
  "standen",
  "traten",
  "taten",
  "raten",
  "bisst",
  "fest",
  "halft",
  "lasten",
  "lagen",
  "sagen",
  "gelangen",
]);
const subjects = new Set(["ich", "er", "sie", "es", "wir", "man", "wer"]);
const weakPast = /^\p{Ll}{3,}te(?:n|st)?$/u;
/** Verbs and words in -te that are no past tense or not of a full verb. */
const noWeakPast =
  /^(?:(?:hä|ha|kön|konn|müss|muss|dürf|durf|soll|woll|möch|moch)te?|bitte|heute|beste|erste|letzte|nächste|halte|warte|arbeite|biete|leite|rate|bedeute|[\p{Ll}]*(?:halt|biet|wart|arbeit|leit|rat|bedeut|acht|tret|bitt|kost|miet|streit|reit|richt|dicht|schalt|antwort|fest|test|rett|begleit|vorbereit|beacht|betracht|heirat))(?:e|en|n|st)?$|ierte[mnrs]?$/u;

const perfect = "Schreiben Sie: hat … gemacht oder ist … gegangen. Oder schreiben Sie, was jetzt ist.";

/** A past tense that can be told from its form, or a weak one right behind its subject ("sie lebte"). */
function pastTense({ text, lower }: Word, at: number, words: readonly Word[]): string | undefined {
  if (text !== lower) return undefined;
  if (strongPastForms.test(lower) && !otherWords.has(lower) && !strongParticiple.test(lower)) return perfect;
  const before = words[at - 1];
  const attribute = noun.test(words[at + 1]?.text ?? "");
  const weak = weakPast.test(lower) && !noWeakPast.test(lower) && !attribute && before !== undefined && subjects.has(before.lower);
  return weak ? perfect : undefined;
}

export const grammarRules = [
  {
    id: "passive",
    level: "error",
    reason: "Der Satz sagt nicht, wer etwas tut.",
    find: passives,
  },
  {
    id: "subjunctive",
    level: "error",
    reason: "Diese Form sagt nicht klar, was gilt.",
    find: eachWord(({ lower }) => {
      const instead = subjunctive.find(([form]) => form.test(lower))?.[1];
      return instead === undefined ? undefined : `Schreiben Sie: ${instead}.`;
    }),
  },
  {
    id: "genitive",
    level: "error",
    reason: "Den zweiten Fall verstehen viele schwer.",
    find: genitives,
  },
  {
    id: "past-tense",
    level: "error",
    reason: "Diese Form für früher verstehen viele schwer.",
    find: eachWord(pastTense),
  },
] as const satisfies readonly PlainRule[];
