import { z } from "zod";
import { AppError } from "../core/errors.ts";
import type { Database } from "../database/database.ts";
import { decideDuplicate } from "./imports/duplicate-store.ts";
import { approveHeld, listSources, listWaitingImports, rejectHeld } from "./imports/import-decisions.ts";
import { approveProposal, listOpenProposals, rejectProposal } from "./providers/proposal-store.ts";

const Decision = z.object({ id: z.string(), reason: z.string().trim().min(1).optional() });

type Decided = z.output<typeof Decision>;

/** What waits for staff is named by its kind and what it is of: `import:zms`, `duplicate:12`, `proposal:7`. */
async function decide(db: Database, { id, reason }: Decided, yes: boolean): Promise<void> {
  const [kind = "", of = ""] = id.split(/:(.*)/s);
  const number = /^\d{1,9}$/.test(of) ? Number(of) : undefined;
  if (kind === "import") return await (yes ? approveHeld(db, of) : rejectHeld(db, of));
  if (kind === "duplicate" && number !== undefined) return await decideDuplicate(db, number, yes ? "joined" : "separate");
  if (kind === "proposal" && number !== undefined) return await (yes ? approveProposal(db, number) : rejectProposal(db, number, reason));
  throw new AppError("USAGE", "Give an id such as import:zms, duplicate:12 or proposal:7. List what waits: npm run staff -- waiting");
}

/** Staff's decisions on what waits for them, by name. `onChange` is called after each change is committed. */
export function createStaffDecisions(db: Database, onChange: () => Promise<unknown>) {
  const operation = (yes: boolean) => async (input: unknown) => {
    await decide(db, Decision.parse(input), yes);
    return await onChange();
  };
  return {
    "staff.imports": () => listSources(db),
    "staff.proposals": () => listOpenProposals(db),
    "staff.waiting": async () => [...(await listWaitingImports(db)), ...(await listOpenProposals(db))],
    "staff.approve": operation(true),
    "staff.reject": operation(false),
  };
}
