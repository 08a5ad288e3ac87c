import { and, asc, desc, eq, gt, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Offer } from "../../core/offer.ts";
import { type Proposal, type ProposedField, proposedFields } from "../../core/provider.ts";
import { type Database, guarded } from "../../database/database.ts";
import { overrides, proposals } from "../../database/schema.ts";
import { changeByProvider } from "../offer-editing.ts";

const Field = z.enum(proposedFields);
const State = z.enum(["open", "approved", "rejected"]);

/** Decisions are shown to the organisation for this long. */
const shownDays = 60;

interface Change {
  readonly field: ProposedField;
  readonly value: unknown;
}

/** Makes what waits for staff what the form says: changes are put in place of earlier ones, fields that are as they were wait no longer. */
export async function saveProposals(
  db: Database,
  offer: Offer,
  { changed, same }: { readonly changed: readonly Change[]; readonly same: readonly ProposedField[] },
): Promise<void> {
  await guarded("Storing proposals", () =>
    db.transaction(async (transaction) => {
      const fields = [...same, ...changed.map(({ field }) => field)];
      await transaction
        .delete(proposals)
        .where(and(eq(proposals.offerId, offer.id), eq(proposals.state, "open"), inArray(proposals.field, fields)));
      for (const { field, value } of changed) {
        // Drizzle takes null for SQL's null, which is no value at all.
        const row = { offerId: offer.id, organization: offer.organization, field, value: value ?? sql`'null'::jsonb` };
        await transaction.insert(proposals).values({ ...row, base: field === "note" ? null : (offer[field] ?? null) });
      }
    }),
  );
}

/** What an organisation proposed and what became of it in the last weeks, the newest first. */
export async function readProposals(db: Database, organization: string): Promise<readonly Proposal[]> {
  const recent = gt(proposals.decidedAt, sql`now() - make_interval(days => ${shownDays})`);
  const rows = await guarded("Reading proposals", () =>
    db
      .select()
      .from(proposals)
      .where(and(eq(proposals.organization, organization), or(eq(proposals.state, "open"), recent)))
      .orderBy(desc(proposals.id)),
  );
  return rows.map((row) => ({
    id: row.id,
    offerId: row.offerId,
    field: Field.parse(row.field),
    value: row.value,
    state: State.parse(row.state),
    reason: row.reason ?? undefined,
    proposedAt: row.proposedAt,
  }));
}

/** What waits for staff: what stood there when it was written, and what is wanted. */
export async function listOpenProposals(db: Database) {
  const rows = await db.select().from(proposals).where(eq(proposals.state, "open")).orderBy(asc(proposals.id));
  return rows.map(({ id, organization, offerId, field, base, value }) => ({
    id: `proposal:${id}`,
    organization,
    offerId,
    field,
    before: base,
    wanted: value,
  }));
}

async function closeProposal(
  transaction: Database,
  id: number,
  decision: { readonly state: string; readonly reason?: string | undefined },
) {
  const [row] = await transaction
    .update(proposals)
    .set({ ...decision, decidedAt: sql`now()` })
    .where(and(eq(proposals.id, id), eq(proposals.state, "open")))
    .returning();
  if (row === undefined) throw new AppError("NOT_FOUND", `No proposal ${id} waits. List what does: npm run staff -- proposals`);
  return row;
}

/** Puts a proposal in place as the provider's layer. Refuses one for a field that staff have set: it would not show. */
export async function approveProposal(db: Database, id: number): Promise<void> {
  await db.transaction(async (transaction) => {
    const { organization, offerId, field, value } = await closeProposal(transaction, id, { state: "approved" });
    if (field === "note") return;
    const [staff] = await transaction
      .select({ field: overrides.field })
      .from(overrides)
      .where(and(eq(overrides.offerId, offerId), eq(overrides.field, field), eq(overrides.layer, "staff")));
    if (staff !== undefined)
      throw new AppError(
        "REQUEST_INVALID",
        `${offerId}.${field} was set by staff and would hide the proposal. Let it go first: npm run staff -- reset ${offerId} ${field}`,
      );
    await changeByProvider(transaction, { organization, offerId, field, value });
  });
}

/** Says no to a proposal; the organisation reads the reason. */
export async function rejectProposal(db: Database, id: number, reason: string | undefined): Promise<void> {
  await closeProposal(db, id, { state: "rejected", reason });
}
