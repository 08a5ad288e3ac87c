import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { createComposer } from "../../../src/answers/composer.ts";
import { findAnsweredBy } from "../../../src/assistant/conversation-store.ts";
import type { Database } from "../../../src/database/database.ts";
import { contacts } from "../../../src/database/schema.ts";
import { createLetters } from "../../../src/messages/letters.ts";
import { createPublicationWorker } from "../../../src/review/publications/worker.ts";
import { articleOf } from "../../catalogue/articles/fixtures.ts";

/** What a process of the product tells with; article 1 is published, in version 2. */
export function openTelling(db: Database) {
  const composer = createComposer(() => undefined);
  const article = articleOf(1, { version: 2 });
  const worker = createPublicationWorker({
    ...{ db, letters: createLetters(() => ["telegram"], ["directline"]), refresh: async () => undefined, onTold: () => undefined },
    findArticle: (id) => (id === 1 ? article : undefined),
    showOffer: () => undefined,
    findNeed: () => undefined,
    compose: (finding, lang) => composer.compose(finding, { lang, simple: false, introduce: false }),
    silentAmong: async () => [],
    findAnswered: findAnsweredBy,
  });
  return { worker };
}

/** Chats that each wait for the answer to a question, half of them to two, all of which have been answered since; and as many that got version 1. */
export async function openAskers(db: Database, count: number): Promise<void> {
  await db.execute(sql`insert into articles (id, state, live_version) overriding system value values (1, 'published', 2)`);
  await db.execute(sql`insert into publications (kind, article_id, version, by) values ('answer', 1, 1, 'ben')`);
  await db.execute(sql`
    insert into publications (kind, article_id, version, by, collects_until) values ('correction', 1, 2, 'ben', now() + interval '1 hour')`);
  const waiting = Array.from({ length: count }, () => randomUUID());
  const answered = Array.from({ length: count }, () => randomUUID());
  await db
    .insert(contacts)
    .values([...waiting, ...answered].map((id) => ({ id, channel: "telegram", addressHash: id, addressEncrypted: "x" })));
  const questions = waiting.flatMap((conversation, index) =>
    Array.from({ length: 1 + (index % 2) }, () => ({ conversation, turn: randomUUID(), id: randomUUID() })),
  );
  await db.execute(sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(questions)}::jsonb) as g(conversation uuid, turn uuid, id text)),
    asked as (
      insert into askers (id, conversation_id, turn_id, lang, pushes, personal, expires_at)
      select id, conversation, turn, 'de', true, false, now() + interval '90 days' from given)
    insert into publication_turns (publication_id, turn_id) select (select id from publications where kind = 'answer'), turn from given`);
  await db.execute(sql`
    insert into turns (id, conversation_id, inbox_ids, kind, lang, intent, confidence, intents, needs, slots, offers, article)
    select gen_random_uuid(), c::uuid, '[]', 'article', 'de', 'find-offer', 1, '[]', '[]', '{}', '[]', '{"id":1,"version":1,"personal":false}'
    from jsonb_array_elements_text(${JSON.stringify(answered)}::jsonb) as c`);
}
