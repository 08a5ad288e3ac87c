import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Reply, WatchFinding } from "../../core/answer.ts";
import type { Lang } from "../../core/languages.ts";
import type { Letters } from "../../core/message.ts";
import type { Need, Offer } from "../../core/offer.ts";
import { isPersonalTopic } from "../../core/personal.ts";
import { type Database, rowsOf } from "../../database/database.ts";
import { isCurrent } from "../capacity/freshness.ts";
import { isFor, mayHaveLetter, type OfferTraits, traitRows, traitsOf } from "./matching.ts";
import { toldPerPlace, waveMinutes } from "./observe.ts";
import { langOf, WatchRow, watchOf } from "./wish.ts";

/** What telling needs; all of it works inside one transaction. */
export interface TellingParts {
  readonly letters: Letters<Database>;
  readonly findOffer: (id: string) => Offer | undefined;
  readonly findNeed: (id: string) => Need | undefined;
  readonly compose: (finding: WatchFinding, lang: Lang) => Reply;
  readonly now: () => Date;
}

const lettersAtOnce = 50;
const cardsInLetter = 3;
/** Days for which somebody who had their letters of the day still hears of something new. */
const newsDays = 7;

const Opening = z.object({ id: z.coerce.number(), offer_id: z.string(), due: z.coerce.number(), wave: z.boolean() });
const Candidate = z.object({ watch: z.string(), openings: z.array(z.coerce.number()) });

const columns = sql`w.id, w.conversation_id as "conversationId", w.lang, w.needs, w.offer_id as "offerId", w.district, w.from_date::text as "fromDate",
  w.cost_free as "costFree", w.wheelchair, w.pushes, w.expires_at as "expiresAt"`;
const Locked = WatchRow.extend({ expiresAt: z.coerce.date(), conversationId: z.string() });

/** Those who come back and ask find it then: written down for all of them at once, in no wave. */
async function noteForAskers(transaction: Database, traits: readonly OfferTraits[]): Promise<void> {
  await transaction.execute(sql`
    insert into watch_notices (watch_id, opening_id) select w.id, o.opening from watches w, ${traitRows(traits)}
    where not w.pushes and ${isFor} on conflict do nothing`);
}

interface Told {
  readonly row: z.output<typeof Locked>;
  readonly openings: readonly number[];
}

/** Writes a letter to each of them and the mark that they were told; how many could be written to. */
async function writeLetters(
  transaction: Database,
  told: readonly Told[],
  offerOf: ReadonlyMap<number, Offer>,
  { letters, findNeed, compose }: TellingParts,
): Promise<number> {
  const written = told.map(({ row, openings }) => {
    const offers = openings.flatMap((id) => offerOf.get(id) ?? []);
    const found = offers.slice(0, cardsInLetter).map((offer) => ({ offer, score: 1 }));
    const watch = watchOf(row);
    const hidden = isPersonalTopic([...watch.wish.needs, ...offers.flatMap(({ needs }) => needs.slice(0, 1))], findNeed);
    const finding = { about: "news", watch, found, as: hidden ? "hidden" : "pushed", more: offers.length - found.length } as const;
    return { conversationId: row.conversationId, reply: compose(finding, langOf(row)) };
  });
  const ids = await letters.push(transaction, written);
  const notices = told.flatMap(({ row, openings }, index) =>
    openings.map((opening) => ({ watch: row.id, opening, letter: ids[index] ?? null })),
  );
  await transaction.execute(sql`
    insert into watch_notices (watch_id, opening_id, outbox_id)
    select watch, opening, letter from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as n(watch text, opening bigint, letter bigint)`);
  return ids.filter((id) => id !== undefined).length;
}

/** Locks watches in the order of waiting; one that was ended or silenced meanwhile is left out. */
async function lockWatches(transaction: Database, picked: readonly z.output<typeof Candidate>[]): Promise<readonly Told[]> {
  const ids = JSON.stringify(picked.map(({ watch }) => watch));
  const rows = await transaction.execute(sql`
    select ${columns} from watches w where w.id = any(array(select jsonb_array_elements_text(${ids}::jsonb))) and w.pushes
      and w.conversation_id is not null order by w.position for update`);
  const openingsOf = new Map(picked.map(({ watch, openings }) => [watch, openings]));
  return Locked.array()
    .parse(rowsOf(rows))
    .map((row) => ({ row, openings: openingsOf.get(row.id) ?? [] }));
}

async function pick(transaction: Database, traits: readonly OfferTraits[], condition: SQL, most: number) {
  const rows = await transaction.execute(sql`
    select w.id as watch, jsonb_agg(o.opening order by o.opening desc) as openings from watches w, ${traitRows(traits)}
    where ${isFor} and ${mayHaveLetter} and ${condition} group by w.id, w.position order by w.position limit ${most}`);
  return Candidate.array().parse(rowsOf(rows));
}

const endOpening = (id: number) => sql`update openings set ended_at = now(), due = 0 where id = ${id}`;

/**
 * Tells the next of those who wait for places, at most 50 of one opening, in the caller's transaction; true if something was due. Of an outdated count nobody is told,
 * and one without a free place ends.
 */
export async function tellPlaces(transaction: Database, parts: TellingParts): Promise<boolean> {
  const [opening] = Opening.array().parse(
    rowsOf(
      await transaction.execute(sql`
        select id, offer_id, due, next_wave_at <= now() as wave from openings
        where ended_at is null and kind = 'places' and (due > 0 or next_wave_at <= now()) order by id limit 1 for update`),
    ),
  );
  if (opening === undefined) return false;
  const offer = parts.findOffer(opening.offer_id);
  const available = offer?.capacity?.available ?? 0;
  if (offer === undefined || available === 0) {
    await transaction.execute(endOpening(opening.id));
    return true;
  }
  const due = !isCurrent(offer, parts.now()) ? 0 : opening.wave ? toldPerPlace * available : opening.due;
  const traits = [traitsOf(opening.id, offer)];
  if (due > 0) await noteForAskers(transaction, traits);
  const most = Math.min(due, lettersAtOnce);
  const waited = sql`w.consented_at <= (select raised_at from openings where id = ${opening.id})`;
  const picked = most === 0 ? [] : await pick(transaction, traits, waited, most);
  const told = await lockWatches(transaction, picked);
  const written = await writeLetters(transaction, told, new Map([[opening.id, offer]]), parts);
  const left = picked.length < most ? 0 : Math.max(0, due - written);
  await transaction.execute(sql`
    update openings set due = ${left},
      next_wave_at = case when ${opening.wave} then now() + make_interval(mins => ${waveMinutes}) else next_wave_at end
    where id = ${opening.id}`);
  return true;
}

/** Tells the next 50 of those who wait for something new, each of all of it in one letter; true if anybody was told. */
export async function tellNews(transaction: Database, parts: TellingParts): Promise<boolean> {
  await transaction.execute(sql`
    update openings set ended_at = now() where kind = 'new' and ended_at is null and raised_at < now() - make_interval(days => ${newsDays})`);
  const open = z
    .array(z.object({ id: z.coerce.number(), offer_id: z.string() }))
    .parse(
      rowsOf(
        await transaction.execute(
          sql`select id, offer_id from openings where kind = 'new' and ended_at is null and next_wave_at <= now() order by id`,
        ),
      ),
    );
  const offerOf = new Map<number, Offer>();
  for (const { id, offer_id } of open) {
    const offer = parts.findOffer(offer_id);
    if (offer !== undefined) offerOf.set(id, offer);
  }
  if (offerOf.size === 0) return false;
  const traits = [...offerOf].map(([id, offer]) => traitsOf(id, offer));
  await noteForAskers(transaction, traits);
  const waited = sql`w.consented_at <= (select raised_at from openings where id = o.opening)`;
  const picked = await pick(transaction, traits, waited, lettersAtOnce);
  const told = await lockWatches(transaction, picked);
  await writeLetters(transaction, told, offerOf, parts);
  if (picked.length === 0)
    await transaction.execute(sql`
      update openings set next_wave_at = now() + interval '1 hour' where kind = 'new' and ended_at is null and next_wave_at <= now()`);
  return picked.length > 0;
}
