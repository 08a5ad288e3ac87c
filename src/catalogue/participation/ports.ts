import type { CodeTries } from "../../core/code-tries.ts";
import type { Contributions, Votes } from "../../core/participation.ts";
import type { SignUps } from "../../core/volunteering.ts";
import type { Database } from "../../database/database.ts";
import { createCodeTries } from "../code-tries.ts";
import { createSignUps } from "../volunteering/sign-ups.ts";
import { createContributions } from "./contributions.ts";
import { createVotes } from "./votes.ts";

/** Contributions, votes, places and wrong codes of a database, over the ports that the assistant takes. */
export function createPartPorts(
  db: Database,
  now: () => Date,
): {
  readonly contributions: Contributions<Database>;
  readonly votes: Votes<Database>;
  readonly signUps: SignUps<Database>;
  readonly codeTries: CodeTries<Database>;
  readonly now: () => Date;
} {
  return {
    contributions: createContributions(db, now),
    votes: createVotes(db),
    signUps: createSignUps(db, now),
    codeTries: createCodeTries(db),
    now,
  };
}
