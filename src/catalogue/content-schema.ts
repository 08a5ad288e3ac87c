import { z } from "zod";
import { languages } from "../core/languages.ts";
import { measureFields, measureStates, offerKinds, participationPhases } from "../core/offer.ts";

const Id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "an id has small letters, digits and hyphens");
const Text = z.string().trim().min(1);
const Day = z.iso.date();
const HttpUrl = z.url({ protocol: /^https?$/ });
const Lang = z.enum(languages);

const Localized = z.strictObject({
  de: Text,
  en: Text.optional(),
  tr: Text.optional(),
  uk: Text.optional(),
  ru: Text.optional(),
  ar: Text.optional(),
  it: Text.optional(),
  fr: Text.optional(),
  hr: Text.optional(),
});

const Postcode = z.string().regex(/^\d{5}$/);
const Address = z.strictObject({ street: Text, postcode: Postcode, city: Text });
const Geo = z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });
/** A moment with its offset, or a whole day. */
const Moment = z.union([z.iso.datetime({ offset: true }), Day]);

const Location = z.strictObject({
  name: Text.optional(),
  address: Address.optional(),
  geo: Geo.optional(),
  district: Text.optional(),
  phone: Text.optional(),
  email: z.email().optional(),
  openingHours: Text.optional(),
  wheelchair: z.boolean().optional(),
});

const Participation = z.strictObject({
  phase: z.enum(participationPhases),
  from: Day.optional(),
  to: Day.optional(),
  how: Localized.optional(),
});

const perLanguage = <Schema extends z.ZodType>(schema: Schema) =>
  z.strictObject({ de: schema, en: schema, tr: schema, uk: schema, ru: schema, ar: schema, it: schema, fr: schema, hr: schema });

const someWords = z.array(Text).readonly().optional();

/** knowledge/needs/<id>.yaml */
export const NeedFile = z.strictObject({
  id: Id,
  group: Id,
  label: perLanguage(Text),
  words: perLanguage(z.array(Text).min(3)).refine((words) => words.de.length >= 8, "a need has at least 8 German words"),
  leika: z
    .array(z.string().regex(/^99\d{3,12}$/, "a federal service key begins with 99 and the three digits of its group"))
    .min(1)
    .optional(),
});

/** intents/<id>.yaml */
export const IntentFile = z.strictObject({
  id: Id,
  title: z.strictObject({ de: Text, en: Text }),
  examples: perLanguage(z.array(Text).min(3)).refine(
    (examples) => examples.de.length >= 15 && examples.en.length >= 6,
    "an intent has at least 15 German and 6 English examples",
  ),
  tests: z.array(z.strictObject({ lang: Lang, text: Text })).min(5, "an intent has at least 5 test sentences"),
});

/** How an example question is written; other languages than German only use the first two and `typo`. */
const questionStyles = ["standard", "colloquial", "rambling", "dictated", "learner", "bavarian", "typo"] as const;

/** A line of knowledge/needs/<id>.jsonl; `situation` names the circumstance, the same word in every language. */
export const QuestionLine = z.strictObject({ lang: Lang, style: z.enum(questionStyles), situation: Id, batch: Id, text: Text });

/** A line of knowledge/crises/<kind>.jsonl; calm.jsonl has what only sounds like a crisis. */
export const CrisisLine = z.strictObject({ lang: Lang, text: Text });

const Pattern = z.string().regex(/^\*?[^\s*]{2,}\*?$/, "a pattern is one word of 2 letters or more, with * for any beginning or end");

/** A line of knowledge/concepts/<group>.jsonl and knowledge/crises/words.jsonl; `bar` are Bavarian spellings. */
export const ConceptLine = z.strictObject({ id: Id, words: z.partialRecord(z.enum([...languages, "bar"]), z.array(Pattern).min(1)) });

/** Concepts as the database holds them, checked when the files were read. */
export const StoredConcepts = z.array(z.object({ id: z.string(), patterns: z.array(z.string()) }));

/** knowledge/districts.yaml */
export const DistrictFile = z.array(
  z.strictObject({
    number: z.number().int().min(1).max(25),
    name: Text,
    quarters: z.array(Text),
    aliases: z.array(Text),
    postcodes: z.array(Postcode),
  }),
);

/** An offer of any layer. */
export const OfferEntry = z
  .strictObject({
    id: Id,
    kind: z.enum(offerKinds),
    organization: Text,
    title: Localized,
    summary: Localized,
    needs: z.array(Id),
    words: z
      .strictObject({
        de: someWords,
        en: someWords,
        tr: someWords,
        uk: someWords,
        ru: someWords,
        ar: someWords,
        it: someWords,
        fr: someWords,
        hr: someWords,
      })
      .optional(),
    forWhom: Localized.optional(),
    age: z
      .strictObject({ from: z.number().int().min(0).optional(), to: z.number().int().max(120).optional() })
      .refine(({ from = 0, to = 120 }) => from <= to, "the age ends before it begins")
      .optional(),
    cost: z.strictObject({ free: z.boolean(), text: Localized.optional() }).optional(),
    address: Address.optional(),
    geo: Geo.optional(),
    district: Text.optional(),
    openingHours: Text.optional(),
    locations: z.array(Location).min(1).optional(),
    dates: z.array(z.strictObject({ start: Moment, end: Moment.optional() })).optional(),
    deadline: Day.optional(),
    participation: Participation.optional(),
    measure: z.strictObject({ field: z.enum(measureFields), status: z.enum(measureStates) }).optional(),
    papers: Localized.optional(),
    skills: Localized.optional(),
    bookingUrl: HttpUrl.optional(),
    phone: Text.optional(),
    email: z.email().optional(),
    online: z.boolean().optional(),
    languages: z.array(Text).optional(),
    wheelchair: z.boolean().optional(),
    url: HttpUrl,
    source: z.strictObject({ name: Text, url: HttpUrl }),
    status: z.enum(["checked", "unchecked"]),
    checkedAt: Day.optional(),
    validUntil: Day.optional(),
    licence: Text.optional(),
    capacity: z
      .strictObject({
        unit: Localized,
        available: z.number().int().min(0),
        maximum: z.number().int().min(1).optional(),
        asOf: z.iso.datetime(),
      })
      .refine(({ available, maximum = available }) => available <= maximum, "more places are free than there are")
      .optional(),
    demo: z.boolean().optional(),
  })
  .refine(
    (offer) => (offer.status === "checked") === (offer.checkedAt !== undefined),
    "checkedAt stands with status: checked and only with it",
  );

const ShippedEntry = OfferEntry.superRefine((offer, context) => {
  const missing = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
  for (const field of ["title", "summary"] as const)
    if (offer[field].en === undefined) missing([field, "en"], "what ships stands in German and English");
  if (offer.needs.length === 0) missing(["needs"], "what ships has a need");
});

/** One entry of knowledge/offers/<file>.yaml: what ships is in German and English, and of a need. */
export const OfferFileEntry = ShippedEntry.refine(({ demo }) => demo === undefined, "what is made up stands in knowledge/demo");

/** One entry of knowledge/demo/<file>.yaml, its days resolved: marked, and with a title that says so wherever it is shown. */
export const DemoFileEntry = ShippedEntry.superRefine(({ demo, title }, context) => {
  const missing = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
  if (demo !== true) missing(["demo"], "what is made up says demo: true");
  for (const [lang, mark] of [
    ["de", "Beispiel: "],
    ["en", "Example: "],
  ] as const)
    if (title[lang]?.startsWith(mark) !== true) missing(["title", lang], `what is made up begins with "${mark}"`);
});

/** knowledge/offers/gaps*.yaml */
export const GapList = z.array(z.strictObject({ need: Id, reason: Text }));
