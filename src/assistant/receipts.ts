import type { ContributionStanding } from "../core/participation.ts";
import type { SignUp } from "../core/volunteering.ts";
import type { ConversationContext } from "./context.ts";
import type { PartTurn } from "./parts.ts";
import type { Response } from "./respond-to-search.ts";

/** What a receipt is for; `refused` after too many wrong ones. */
export type FoundReceipt =
  | { readonly kind: "contribution"; readonly standing: ContributionStanding }
  | { readonly kind: "place"; readonly signUp: SignUp }
  | { readonly kind: "unknown" | "refused" };

/** Looks up a receipt that a person gave. */
export async function findReceipt(code: string, turn: PartTurn): Promise<FoundReceipt> {
  if (await turn.hasTriedTooMany()) return { kind: "refused" };
  const standing = await turn.contributions.find(code);
  if (standing !== undefined) return { kind: "contribution", standing };
  const signUp = await turn.signUps.find(code);
  return signUp === undefined ? { kind: "unknown" } : { kind: "place", signUp };
}

/** Says that nobody knows a receipt, which counts as a wrong code, or that there were too many of those. */
export function missReceipt(kind: "unknown" | "refused", context: ConversationContext): Response {
  const about = kind === "unknown" ? "unknown-receipt" : "too-many-codes";
  const response: Response = { finding: { kind: "participation", about }, intent: "participation", needs: [], slots: {}, context };
  return kind === "unknown" ? { ...response, wrongCode: true } : response;
}
