import type { StoredData } from "../core/answer.ts";
import type { CodeTries } from "../core/code-tries.ts";
import type { Lang } from "../core/languages.ts";
import type { Contributions, Votes } from "../core/participation.ts";
import type { SignUps } from "../core/volunteering.ts";
import type { Database } from "../database/database.ts";
import type { Response } from "./respond-to-search.ts";

/** What taking part is kept with. */
export interface PartPorts {
  readonly contributions: Contributions<Database>;
  readonly votes: Votes<Database>;
  readonly signUps: SignUps<Database>;
  readonly codeTries: CodeTries<Database>;
  readonly now: () => Date;
}

/** Where somebody takes part: the ports, the talk, and the language of the answer. */
export interface PartTurn extends PartPorts {
  readonly conversationId: string;
  readonly lang: Lang;
  /** True if no more codes are to be tried. */
  readonly hasTriedTooMany: () => Promise<boolean>;
}

/** The value of a button, taken apart. */
export interface PressedButton {
  readonly action: string;
  readonly argument: string;
}

/** Carries out what a turn means for contributions, votes and places. */
export async function savePart(
  transaction: Database,
  conversationId: string,
  part: Response["part"],
  { contributions, votes, signUps }: PartPorts,
): Promise<void> {
  switch (part?.kind) {
    case undefined:
      return;
    case "submit":
      return await contributions.submit(transaction, conversationId, part.contribution);
    case "withdraw":
      return await contributions.withdraw(transaction, part.code);
    case "vote":
      return await votes.cast(transaction, conversationId, part.offerId, part.vote);
    case "tell":
      return await signUps.tell(transaction, part.code, part.message);
    case "leave":
      return await signUps.leave(transaction, part.code);
    default:
      return part satisfies never;
  }
}

/** Erases all that a conversation has said and taken, and gives its places back. */
export async function forgetParts(
  transaction: Database,
  conversationId: string,
  { contributions, votes, signUps }: PartPorts,
): Promise<void> {
  await contributions.forget(transaction, conversationId);
  await votes.forget(transaction, conversationId);
  await signUps.forget(transaction, conversationId);
}

/** Counts what is kept of a conversation. */
export async function countParts(
  conversationId: string,
  { contributions, votes, signUps }: PartPorts,
): Promise<Pick<StoredData, "contributions" | "votes" | "signUps">> {
  return {
    contributions: await contributions.count(conversationId),
    votes: await votes.count(conversationId),
    signUps: await signUps.count(conversationId),
  };
}
