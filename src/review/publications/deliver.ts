import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Finding, Reply } from "../../core/answer.ts";
import type { Article } from "../../core/articles.ts";
import { isLang, type Lang } from "../../core/languages.ts";
import type { Letters } from "../../core/message.ts";
import type { FoundOffer, Need } from "../../core/offer.ts";
import { isPersonalTopic } from "../../core/personal.ts";
import { type Database, rowsOf } from "../../database/database.ts";

/** Somebody who was answered with a version of an article, in a turn that is still kept. */
export interface Answered {
  readonly conversationId: string;
  readonly lang: string;
  readonly version: number;
  readonly personal: boolean;
}

/** What telling needs of other rooms; all of it works inside one transaction. */
export interface DeliveryParts {
  readonly letters: Letters<Database>;
  /** The published version of an article. */
  readonly findArticle: (id: number) => Article | undefined;
  /** An offer as it is shown now. */
  readonly showOffer: (id: string) => FoundOffer | undefined;
  readonly findNeed: (id: string) => Need | undefined;
  readonly compose: (finding: Finding, lang: Lang) => Reply;
  /** Those of these conversations that nothing is ever to be sent to by itself. */
  readonly silentAmong: (transaction: Database, conversationIds: readonly string[]) => Promise<readonly string[]>;
  /** Who was answered with a version of an article below the given one. */
  readonly findAnswered: (transaction: Database, articleId: number, below: number) => Promise<readonly Answered[]>;
}

const lettersAtOnce = 50;
/** The version of what has none: an offer, which is never corrected by letter. */
const unversioned = 0;

const langOf = (lang: string): Lang => (isLang(lang) ? lang : "de");

/** What answers: an article, or an offer. */
type Published = { readonly article: Article } | { readonly found: FoundOffer };

interface Addressee {
  readonly conversationId: string;
  readonly lang: string;
  readonly personal: boolean;
  readonly published: Published;
}

/** What is said to somebody; where it is hidden it names nothing. */
function findingFor(published: Published, hidden: boolean, corrected: boolean): Finding {
  if ("found" in published) {
    const { found } = published;
    return hidden ? { kind: "asker", about: "hidden-offer", offer: found.offer.id } : { kind: "asker", about: "offer", found: [found] };
  }
  const { article } = published;
  if (hidden) return { kind: "asker", about: "hidden", article: article.id, corrected };
  return { kind: "article", article, occasion: corrected ? "corrected" : "told" };
}

/** The need that an answer is about. */
function needOf(published: Published): string | undefined {
  return "found" in published ? published.found.offer.needs[0] : published.article.need;
}

/** The letter to somebody; `hidden` where it names nothing. */
function letterTo({ conversationId, lang, personal, published }: Addressee, corrected: boolean, { findNeed, compose }: DeliveryParts) {
  const need = needOf(published);
  const hidden = personal || (need !== undefined && isPersonalTopic([need], findNeed));
  return { hidden, letter: { conversationId, reply: compose(findingFor(published, hidden, corrected), langOf(lang)) } };
}

interface Written {
  readonly outbox: number | null;
  /** True if the letter says what the article says. */
  readonly shown: boolean;
}

/**
 * Writes a letter to each, to silent ones none; what became of it, in their order. A turn that makes a talk silent locks its queue before it says so: what is written here is either
 * taken back by that turn, or its silence is seen here once the queue is locked.
 */
async function writeLetters(
  transaction: Database,
  addressees: readonly Addressee[],
  corrected: boolean,
  parts: DeliveryParts,
): Promise<readonly Written[]> {
  const all = addressees.map(({ conversationId }) => conversationId);
  const silent = new Set(await parts.silentAmong(transaction, all));
  const written = addressees.map((each) => (silent.has(each.conversationId) ? undefined : letterTo(each, corrected, parts)));
  const letters = written.flatMap((each) => each?.letter ?? []);
  const ids = await parts.letters.push(transaction, letters);
  const idOf = new Map(letters.map((letter, index) => [letter, ids[index]]));
  const silentSince = new Set(await parts.silentAmong(transaction, all));
  for (const id of silentSince) if (!silent.has(id)) await parts.letters.withdraw(transaction, id);
  return written.map((each) => {
    const outbox = each === undefined || silentSince.has(each.letter.conversationId) ? null : (idOf.get(each.letter) ?? null);
    return { outbox, shown: outbox !== null && each?.hidden === false };
  });
}

const Waiting = z.object({
  ...{ asker: z.string(), conversationId: z.string().nullable(), lang: z.string(), pushes: z.boolean(), personal: z.boolean() },
  ...{ publication: z.number(), subject: z.string(), got: z.boolean(), until: z.coerce.date() },
});

/** What a publication answers with, as one text: `article:12` or `offer:…`. */
const subjectOf = sql.raw("case when p.offer_id is null then 'article:' || p.article_id else 'offer:' || p.offer_id end");

/** Those who wait and whose turn has been answered since, the longest waiting first, locked. */
async function lockAskers(transaction: Database, subjects: readonly string[]): Promise<readonly z.output<typeof Waiting>[]> {
  const rows = await transaction.execute(sql`
    select a.id as asker, a.conversation_id as "conversationId", a.lang, a.pushes, a.personal, p.id as publication, p.subject, a.expires_at as until,
      exists (select 1 from publication_recipients r where r.publication_id = p.id and r.conversation_id = a.conversation_id) as got
    from askers a
    join lateral (
      select p.id, ${subjectOf} as subject from publication_turns t join publications p on p.id = t.publication_id
      where t.turn_id = a.turn_id and p.kind = 'answer' and jsonb_exists(${JSON.stringify(subjects)}::jsonb, ${subjectOf})
      order by p.id desc limit 1) p on true
    where a.told_at is null and a.expires_at > now() order by a.position limit ${lettersAtOnce} for update of a`);
  return Waiting.array().parse(rowsOf(rows));
}

const Due = z.array(z.object({ subject: z.string(), article: z.number().nullable(), offer: z.string().nullable() }));

function publishedAs({ article, offer }: z.output<typeof Due>[number], parts: DeliveryParts): Published | undefined {
  const found = offer === null ? undefined : parts.showOffer(offer);
  if (found !== undefined) return { found };
  const written = article === null ? undefined : parts.findArticle(article);
  return written === undefined ? undefined : { article: written };
}

/** The articles and offers that people wait for and that are there. */
async function findDue(transaction: Database, parts: DeliveryParts): Promise<ReadonlyMap<string, Published>> {
  const rows = await transaction.execute(sql`
    select distinct ${subjectOf} as subject, p.article_id as article, p.offer_id as offer
    from askers a join publication_turns t on t.turn_id = a.turn_id join publications p on p.id = t.publication_id
    where a.told_at is null and a.expires_at > now() and p.kind = 'answer'`);
  return new Map(
    Due.parse(rowsOf(rows)).flatMap((due) => {
      const published = publishedAs(due, parts);
      return published === undefined ? [] : [[due.subject, published] as const];
    }),
  );
}

/** Tells the next 50 of those whose question has an answer by now, each conversation once; true if anybody was told. */
export async function tellAnswers(transaction: Database, parts: DeliveryParts): Promise<boolean> {
  const due = await findDue(transaction, parts);
  if (due.size === 0) return false;
  const waiting = await lockAskers(transaction, [...due.keys()]);
  if (waiting.length === 0) return false;
  const chosen = new Map(waiting.map((each) => [`${each.publication} ${each.conversationId}`, each.asker]));
  const addressees = waiting.flatMap((each) => {
    const { asker, publication, conversationId, pushes, got, subject, lang, personal, until } = each;
    const published = due.get(subject);
    const isChosen = chosen.get(`${publication} ${conversationId}`) === asker;
    if (!pushes || got || !isChosen || conversationId === null || published === undefined) return [];
    return [{ conversationId, lang, personal, published, publication, until }];
  });
  const letters = await writeLetters(transaction, addressees, false, parts);
  const recipients = addressees.map(({ conversationId, lang, personal, published, publication, until }, index) => ({
    ...{
      publication,
      conversation: conversationId,
      lang,
      personal,
      version: "article" in published ? published.article.version : unversioned,
    },
    ...{ ...letters[index], until },
  }));
  await transaction.execute(sql`
    insert into publication_recipients (publication_id, conversation_id, lang, version, personal, shown, outbox_id, told_at, expires_at)
    select publication, conversation, lang, version, personal, shown, outbox, now(), until
    from jsonb_to_recordset(${JSON.stringify(recipients)}::jsonb)
      as r(publication integer, conversation uuid, lang text, version integer, personal boolean, shown boolean, outbox bigint, until timestamptz)`);
  const told = waiting.map(({ asker, publication }) => ({ asker, publication }));
  await transaction.execute(sql`
    update askers set told_at = now(), publication_id = t.publication
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t(asker text, publication integer) where askers.id = t.asker`);
  return true;
}

const Correction = z.object({ id: z.number(), articleId: z.number(), version: z.number() });

/** Writes down who got a wrong version: by a letter of an earlier publication, or as the answer to a question. */
async function collect(
  transaction: Database,
  { id, articleId, version }: z.output<typeof Correction>,
  parts: DeliveryParts,
): Promise<void> {
  await transaction.execute(sql`
    insert into publication_recipients (publication_id, conversation_id, lang, version, personal, expires_at)
    select distinct on (r.conversation_id) ${id}::integer, r.conversation_id, r.lang, ${version}::integer, r.personal, r.expires_at
    from publication_recipients r join publications p on p.id = r.publication_id
    where p.article_id = ${articleId} and r.shown and r.version < ${version} order by r.conversation_id, r.told_at desc
    on conflict do nothing`);
  const answered = await parts.findAnswered(transaction, articleId, version);
  await transaction.execute(sql`
    insert into publication_recipients (publication_id, conversation_id, lang, version, personal)
    select ${id}::integer, "conversationId", lang, ${version}::integer, personal
    from jsonb_to_recordset(${JSON.stringify(answered)}::jsonb) as a("conversationId" uuid, lang text, personal boolean)
    on conflict do nothing`);
}

const Recipient = z.object({ conversationId: z.string(), lang: z.string(), personal: z.boolean() });

/** Tells the next 50 of those who got a wrong version of an article what is right; true if anybody was told. */
export async function tellCorrections(transaction: Database, parts: DeliveryParts): Promise<boolean> {
  const due = Correction.array().parse(
    rowsOf(
      await transaction.execute(sql`
        select p.id, p.article_id as "articleId", p.version from publications p
        where p.kind = 'correction' and (p.collects_until > now()
          or exists (select 1 from publication_recipients r where r.publication_id = p.id and r.told_at is null)) order by p.id`),
    ),
  );
  for (const correction of due) {
    const article = parts.findArticle(correction.articleId);
    // What was taken back or has expired meanwhile is told to nobody; a later correction has a publication of its own.
    if (article === undefined || article.version < correction.version) continue;
    await collect(transaction, correction, parts);
    const rows = await transaction.execute(sql`
      select conversation_id as "conversationId", lang, personal from publication_recipients
      where publication_id = ${correction.id} and told_at is null order by conversation_id limit ${lettersAtOnce} for update`);
    const recipients = Recipient.array().parse(rowsOf(rows));
    if (recipients.length === 0) continue;
    const addressees = recipients.map((recipient) => ({ ...recipient, published: { article } }));
    const letters = await writeLetters(transaction, addressees, true, parts);
    const told = recipients.map(({ conversationId }, index) => ({ conversation: conversationId, ...letters[index] }));
    await transaction.execute(sql`
      update publication_recipients r set told_at = now(), version = ${article.version}, outbox_id = t.outbox, shown = t.shown
      from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t(conversation uuid, outbox bigint, shown boolean)
      where r.publication_id = ${correction.id} and r.conversation_id = t.conversation`);
    return true;
  }
  return false;
}
