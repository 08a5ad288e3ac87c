import { z } from "zod";
import { AppError } from "../core/errors.ts";
import { purposes } from "../core/provider.ts";
import type { Database } from "../database/database.ts";
import { listInvitations, makeInvitation } from "./invitations.ts";
import { closeReport, listReports } from "./letters.ts";
import { revokeAccess } from "./provider-access.ts";

const Invite = z.object({ organization: z.string().trim().min(1), purpose: z.enum(purposes).default("join") });
const Revoke = z.object({ organization: z.string().trim().min(1) });
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
  return {
    "staff.invite": async (input: unknown) => {
      const { organization, purpose } = Invite.parse(input);
      if (!(await organizations()).has(organization))
        throw new AppError(
          "NOT_FOUND",
          `No offer is of an organisation called "${organization}". The name has to stand as in its offers: npm run staff -- organizations`,
        );
      const { code, expiresAt } = await makeInvitation(db, { organization, purpose, madeBy: "staff" }, new Date());
      return { path: `/provider/join?code=${code}`, publicUrl, expiresAt: expiresAt.toISOString() };
    },
    "staff.invitations": () => listInvitations(db, new Date()),
    "staff.revoke": async (input: unknown) => [await revokeAccess(db, Revoke.parse(input).organization, new Date())],
    "staff.reports": () => listReports(db),
    "staff.close-report": async (input: unknown) => {
      const { id } = Report.parse(input);
      if (!(await closeReport(db, id, new Date()))) throw new AppError("NOT_FOUND", `No open report has the number ${id}.`);
    },
  };
}
