import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import type { Inbox, IncomingMessage, MessageContent } from "../core/message.ts";
import { createBatches } from "../database/batches.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { cleanText, redact } from "../text/redact.ts";
import type { AddressVault } from "./address-vault.ts";

/** Buttons carry at most 60 bytes; a longer value is no button of ours. */
const longestButton = 60;
const messagesAtOnce = 200;

/** A hundredth of a degree: about a kilometre, so that a place is a neighbourhood and no home. */
const roundPlace = (degrees: number) => Math.round(degrees * 100) / 100;

/** Takes personal data out before anything is written. */
function redactContent(content: MessageContent, by: string | undefined): MessageContent {
  if (content.kind === "text") return { ...content, text: redact(cleanText(content.text)), by };
  if (content.kind === "button") return { ...content, value: cleanText(content.value).slice(0, longestButton) };
  if (content.kind === "location")
    return { kind: "location", latitude: roundPlace(content.latitude), longitude: roundPlace(content.longitude) };
  return content;
}

/** Characters of a hash; enough to tell the writers of a few seconds apart, too few to be of use outside of one talk. */
const markLength = 8;

/** A mark of who wrote in a talk of several; another one in each talk. */
function writerMark({ channel, addressKey, address, writer }: IncomingMessage, vault: AddressVault): string | undefined {
  return writer === undefined ? undefined : vault.hash(channel, `${addressKey ?? address}\n${writer}`).slice(0, markLength);
}

/** A mark of the address that a message came from; another one each day, so that nobody is followed by it. */
function clientMark({ client }: IncomingMessage, vault: AddressVault): string | undefined {
  return client === undefined ? undefined : vault.hash("client", `${new Date().toISOString().slice(0, 10)}\n${client}`);
}

type Row = ReturnType<typeof rowOf>;
type Accepted = Awaited<ReturnType<Inbox["accept"]>>;

/** A message as its row; `contact` is the id of its conversation if it is the first one of it. */
function rowOf(message: IncomingMessage, vault: AddressVault) {
  return {
    contact: randomUUID(),
    channel: message.channel,
    address_hash: vault.hash(message.channel, message.addressKey ?? message.address),
    address_encrypted: vault.encrypt(message.address),
    external_id: cleanText(message.externalId),
    client_id: message.clientId === undefined ? undefined : cleanText(message.clientId),
    content: redactContent(message.content, writerMark(message, vault)),
    interface_lang: message.interfaceLang,
    client: clientMark(message, vault),
  };
}

const Stored = z.object({ id: z.coerce.number(), conversation_id: z.string(), channel: z.string(), external_id: z.string() });
type Stored = z.output<typeof Stored>;

const keyOf = ({ channel, external_id }: Pick<Row, "channel" | "external_id"> | Stored) => `${channel} ${external_id}`;

/**
 * Stores what is not there yet, in one statement. The contacts are locked before any id is taken, so that a conversation's messages commit in the order of
 * their ids; always in the same order, so that no two processes wait for each other. A message that another process stores at the same moment is
 * counted as waiting once too often, which the answering worker finds and mends.
 */
async function insertNew(db: Database, rows: readonly Row[]): Promise<readonly Stored[]> {
  const given = JSON.stringify(rows.map((row, position) => ({ ...row, position })));
  const result = await db.execute(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${given}::jsonb) as g(position integer, contact uuid, channel text, address_hash text,
        address_encrypted text, external_id text, client_id text, content jsonb, interface_lang text, client text)),
    fresh as materialized (
      select distinct on (channel, external_id) * from given
      -- A subquery a row, so that each is looked up in the index: as a join the planner would read the whole table.
      where (select id from inbox where inbox.channel = given.channel and inbox.external_id = given.external_id) is null
      order by channel, external_id, position),
    held as (
      insert into contacts (id, channel, address_hash, address_encrypted, waiting)
      select (array_agg(contact))[1], channel, address_hash, (array_agg(address_encrypted order by position desc))[1], count(*)
      from fresh group by channel, address_hash order by channel, address_hash
      on conflict (channel, address_hash) do update set waiting = contacts.waiting + excluded.waiting, gone_at = null,
        address_encrypted = excluded.address_encrypted,
        due_at = case when contacts.waiting = 0 then now() else contacts.due_at end
      returning id, channel, address_hash)
    insert into inbox (conversation_id, channel, external_id, client_id, content, interface_lang, client)
    select held.id, channel, external_id, client_id, content, interface_lang, client
    from fresh join held using (channel, address_hash) order by position
    on conflict (channel, external_id) do nothing
    returning id, conversation_id, channel, external_id`);
  return Stored.array().parse(rowsOf(result));
}

async function findKnown(db: Database, rows: readonly Row[]): Promise<readonly Stored[]> {
  if (rows.length === 0) return [];
  const keys = JSON.stringify(rows.map(({ channel, external_id }) => ({ channel, external_id })));
  const result = await db.execute(sql`
    select id, conversation_id, channel, external_id from inbox
    join jsonb_to_recordset(${keys}::jsonb) as k(channel text, external_id text) using (channel, external_id)`);
  return Stored.array().parse(rowsOf(result));
}

async function store(db: Database, rows: readonly Row[]): Promise<readonly Accepted[]> {
  const added = new Map((await insertNew(db, rows)).map((stored) => [keyOf(stored), stored]));
  const missing = rows.filter((row) => !added.has(keyOf(row)));
  const known = new Map((await findKnown(db, missing)).map((stored) => [keyOf(stored), stored]));
  return rows.map((row) => {
    const key = keyOf(row);
    const stored = added.get(key);
    // Of two deliveries in one batch the first is the new one.
    added.delete(key);
    if (stored !== undefined) {
      known.set(key, stored);
      return { kind: "accepted", id: stored.id, conversationId: stored.conversation_id };
    }
    const before = known.get(key);
    if (before === undefined) throw new AppError("DATABASE_FAILED", "Storing a message: it was neither stored nor there before.");
    return { kind: "repeated", id: before.id, conversationId: before.conversation_id };
  });
}

/** The inbox: redacts, stores once per (channel, external id), and resolves after commit. `onAccepted` wakes the worker. */
export function createInbox(db: Database, vault: AddressVault, onAccepted: () => void): Inbox {
  const add = createBatches((rows: readonly Row[]) => guarded("Storing a message", () => store(db, rows)), messagesAtOnce);
  return {
    accept: async (message) => {
      const accepted = await add(rowOf(message, vault));
      if (accepted.kind === "accepted") onAccepted();
      return accepted;
    },
  };
}
