import { and, asc, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { type Letter, longestLetter, type OrganizationLetters } from "../core/provider.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { organizationLetters } from "../database/schema.ts";
import { cleanText, redact } from "../text/redact.ts";

/** Letters of one organisation to all others together. */
const lettersPerHour = 10;
const lettersPerDay = 30;

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const keptDays = 180;

type Row = typeof organizationLetters.$inferSelect;

function letterOf(row: Row): Letter {
  return {
    id: row.id,
    sender: row.sender,
    recipient: row.recipient,
    text: row.text,
    sentAt: row.sentAt,
    read: row.readAt !== null,
    reported: row.reportedAt !== null,
  };
}

/** Letters of more than 180 days go; those that staff have yet to read stay. */
export async function dropOldLetters(db: Database, now: Date): Promise<void> {
  const open = and(isNotNull(organizationLetters.reportedAt), isNull(organizationLetters.reportClosedAt));
  await db
    .delete(organizationLetters)
    .where(and(lt(organizationLetters.sentAt, new Date(now.getTime() - keptDays * dayMs)), sql`not ${open}`));
}

/** Letters between organisations. */
export function createOrganizationLetters(db: Database, now: () => Date): OrganizationLetters {
  const ago = (ms: number) => new Date(now().getTime() - ms).toISOString();
  return {
    list: async (organization) => {
      const rows = await guarded("Reading letters", () =>
        db
          .select()
          .from(organizationLetters)
          .where(or(eq(organizationLetters.sender, organization), eq(organizationLetters.recipient, organization)))
          .orderBy(asc(organizationLetters.id)),
      );
      return rows.map(letterOf);
    },
    send: async ({ from, to, text }) => {
      const kept = redact(cleanText(text).slice(0, longestLetter).trim());
      return await guarded("Sending a letter", async () => {
        const result = await db.execute(sql`
          insert into organization_letters (sender, recipient, text, sent_at)
          select ${from}, ${to}, ${kept}, ${now().toISOString()}::timestamptz
          where (select count(*) from organization_letters where sender = ${from} and sent_at > ${ago(hourMs)}::timestamptz) < ${lettersPerHour}
            and (select count(*) from organization_letters where sender = ${from} and sent_at > ${ago(dayMs)}::timestamptz) < ${lettersPerDay}
          returning id`);
        return rowsOf(result).length === 1 ? "sent" : "too-many";
      });
    },
    markRead: async (organization, from) => {
      const { recipient, sender, readAt } = organizationLetters;
      await guarded("Reading letters", () =>
        db
          .update(organizationLetters)
          .set({ readAt: now() })
          .where(and(eq(recipient, organization), eq(sender, from), isNull(readAt))),
      );
    },
    report: async (organization, letterId) => {
      const rows = await guarded("Reporting a letter", () =>
        db
          .update(organizationLetters)
          .set({ reportedAt: sql`coalesce(${organizationLetters.reportedAt}, ${now().toISOString()}::timestamptz)` })
          .where(and(eq(organizationLetters.id, letterId), eq(organizationLetters.recipient, organization)))
          .returning({ id: organizationLetters.id }),
      );
      return rows.length === 1;
    },
  };
}

/** Letters that were reported and that staff have not dealt with, with their text. */
export async function listReports(db: Database) {
  const rows = await db
    .select()
    .from(organizationLetters)
    .where(and(isNotNull(organizationLetters.reportedAt), isNull(organizationLetters.reportClosedAt)))
    .orderBy(asc(organizationLetters.id));
  return rows.map(({ id, sender, recipient, sentAt, text }) => ({ id, sender, recipient, sentAt: sentAt.toISOString(), text }));
}

/** Closes the report of a letter; false if there is none that is open. */
export async function closeReport(db: Database, letterId: number, now: Date): Promise<boolean> {
  const { id, reportedAt, reportClosedAt } = organizationLetters;
  const closed = await db
    .update(organizationLetters)
    .set({ reportClosedAt: now })
    .where(and(eq(id, letterId), isNotNull(reportedAt), isNull(reportClosedAt)))
    .returning({ id });
  return closed.length === 1;
}
