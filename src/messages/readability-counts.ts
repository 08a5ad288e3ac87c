import { sql } from "drizzle-orm";
import { z } from "zod";
import type { CountDays, DayCount } from "../core/numbers.ts";
import { runInSlices } from "../core/slices.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { dayOf, onDays } from "../database/day-ranges.ts";
import { passesGate } from "../text/plain/check.ts";
import { StoredReply } from "./stored-reply.ts";

/** Answers of a day that are read: a share of so many is known to four points, and reading takes a millisecond each. */
const mostRead = 500;
const sliceMs = 5;

const Row = z.object({ day: z.string(), reply: StoredReply });

type Row = z.output<typeof Row>;

/** What is read as running text: hours, addresses and prices are lines without a full stop, and titles are names. */
function isPlain({ lead, cards, closing }: Row["reply"]): boolean {
  const sentences = cards.flatMap(({ lines }) => lines.filter((line) => /[.!?]$/.test(line)));
  const text = [...lead, ...sentences, ...closing].join("\n");
  return passesGate(
    text,
    cards.map(({ title }) => title),
  );
}

function* readAll(rows: readonly Row[]): Generator<void, readonly DayCount[]> {
  const counts = new Map<string, DayCount>();
  for (const { day, reply } of rows) {
    const key = isPlain(reply) ? "plain" : "hard";
    const before = counts.get(`${day} ${key}`)?.count ?? 0;
    counts.set(`${day} ${key}`, { day, metric: "readability", key, count: before + 1 });
    yield;
  }
  return [...counts.values()];
}

/** Counts how many German answers of each day pass the plain-language gate, of a sample that is the same each time; what people of the city wrote is not judged. */
export function createReadabilityCounts(db: Database): CountDays {
  return async (from, to) => {
    const result = await guarded("Reading answers", () =>
      db.execute(sql`
        select day, reply from (
          select ${dayOf(sql`created_at`)} as day, reply, row_number() over (partition by ${dayOf(sql`created_at`)} order by md5(id::text)) as place
          from outbox
          where ${onDays(sql`created_at`, from, to)} and reply ->> 'lang' = 'de' and reply ->> 'writer' is null and reply ->> 'silent' is null
            and reply -> 'about' ->> 'kind' in ('offers', 'capacity', 'article', 'question', 'no-answer', 'out-of-scope')) sample
        where place <= ${mostRead}`),
    );
    return await runInSlices(readAll(Row.array().parse(rowsOf(result))), sliceMs);
  };
}
