import { z } from "zod";
import { AppError } from "../core/errors.ts";
import { type Purpose, purposes } from "../core/provider.ts";
import type { Database } from "../database/database.ts";
import { listInvitations, listInvitationsOf, makeInvitation, withdrawInvitation } from "./invitations.ts";
import { closeReport, listReports } from "./letters.ts";
import { readAccess, revokeAccess } from "./provider-access.ts";

const Invite = z.object({ organization: z.string().trim().min(1), purpose: z.enum(purposes).default("join") });
const Revoke = z.object({ organization: z.string().trim().min(1) });
const OneLink = Revoke.extend({ id: z.coerce.number().int().positive() });
const Report = z.object({ id: z.coerce.number().int().positive() });

export interface PeopleParts {
  readonly db: Database;
  /** The names of all organisations that have offers. */
  readonly organizations: () => Promise<ReadonlySet<string>>;
  /** Where this product is reached, if the process knows; a command that runs by itself knows it from the environment. */
  readonly publicUrl: string | undefined;
}

/** What staff do with links, sessions and reported letters of organisations, by name. */
export function createPeopleOperations({ db, organizations, publicUrl }: PeopleParts) {
  async function checkName(organization: string): Promise<void> {
    if ((await organizations()).has(organization)) return;
    throw new AppError(
      "NOT_FOUND",
      `No offer is of an organisation called "${organization}". The name has to stand as in its offers: npm run staff -- organizations`,
    );
  }
  async function makeLink(into: Database, organization: string, purpose: Purpose) {
    const { code, expiresAt } = await makeInvitation(into, { organization, purpose, madeBy: "staff" }, new Date());
    return { path: `/provider/join?code=${code}`, publicUrl, expiresAt: expiresAt.toISOString() };
  }
  return {
    "staff.invite": async (input: unknown) => {
      const { organization, purpose } = Invite.parse(input);
      await checkName(organization);
      return await makeLink(db, organization, purpose);
    },
    "staff.invitations": () => listInvitations(db, new Date()),
    "staff.invitations-of": (input: unknown) => listInvitationsOf(db, Revoke.parse(input).organization, new Date()),
    "staff.access": () => readAccess(db, new Date()),
    "staff.renew-invitation": async (input: unknown) => {
      const { organization, id } = OneLink.parse(input);
      await checkName(organization);
      return await db.transaction(async (transaction) =>
        makeLink(transaction, organization, await withdrawInvitation(transaction, organization, id, new Date())),
      );
    },
    "staff.withdraw-invitation": async (input: unknown) => {
      const { organization, id } = OneLink.parse(input);
      await withdrawInvitation(db, organization, id, new Date());
    },
    "staff.revoke": async (input: unknown) => [await revokeAccess(db, Revoke.parse(input).organization, new Date())],
    "staff.reports": () => listReports(db),
    "staff.close-report": async (input: unknown) => {
      const { id } = Report.parse(input);
      if (!(await closeReport(db, id, new Date()))) throw new AppError("NOT_FOUND", `No open report has the number ${id}.`);
    },
  };
}
