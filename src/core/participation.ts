import type { Lang } from "./languages.ts";
import type { Offer } from "./offer.ts";

/** Days after which a contribution and a vote are deleted. */
export const participationDays = 365;

/** Contributions that one conversation may make within 24 hours. */
export const mostContributionsADay = 5;

/** Characters of a contribution, and of a message to an organisation. */
export const longestContribution = 2000;

export const contributionStates = ["waiting", "approved", "rejected", "withdrawn"] as const;

export type ContributionState = (typeof contributionStates)[number];

/** What somebody says to a project or a measure, ready to be stored; `until` is ISO 8601. */
export interface NewContribution {
  /** The receipt, as in src/text/receipt-code.ts. */
  readonly code: string;
  readonly offer: Pick<Offer, "id" | "title" | "url">;
  /** Redacted. */
  readonly text: string;
  /** Official Stadtbezirk. */
  readonly district?: string | undefined;
  readonly lang: Lang;
  readonly until: string;
}

/** How a contribution stands, without its text: whoever knows the receipt may see this. */
export interface ContributionStanding {
  readonly code: string;
  readonly title: string;
  readonly url: string;
  readonly state: ContributionState;
  /** Staff's reason for a rejection. */
  readonly reason?: string | undefined;
}

/** Contributions as the assistant sees them. What writes works inside the turn's transaction. */
export interface Contributions<Transaction> {
  /** Makes a contribution ready to be stored, with its receipt and its end. */
  draft(said: Pick<NewContribution, "offer" | "text" | "district" | "lang">): NewContribution;
  submit(transaction: Transaction, conversationId: string, contribution: NewContribution): Promise<void>;
  /** Deletes the text; that there was a contribution stays until its end. */
  withdraw(transaction: Transaction, code: string): Promise<void>;
  find(code: string): Promise<ContributionStanding | undefined>;
  /** Contributions of a conversation in the last 24 hours, withdrawn ones too. */
  countToday(conversationId: string): Promise<number>;
  /** Contributions of a conversation that still hold a text. */
  count(conversationId: string): Promise<number>;
  forget(transaction: Transaction, conversationId: string): Promise<void>;
}

export type Vote = "important" | "unimportant";

/** What people think of measures: one vote a conversation and measure. */
export interface Votes<Transaction> {
  /** Takes the place of the vote before; undefined takes it back. */
  cast(transaction: Transaction, conversationId: string, offerId: string, vote: Vote | undefined): Promise<void>;
  count(conversationId: string): Promise<number>;
  forget(transaction: Transaction, conversationId: string): Promise<void>;
}

/** True for a project that takes contributions on that day (ISO date), and for a measure, which can always be commented. */
export function takesContributions({ kind, participation }: Offer, today: string): boolean {
  if (kind === "measure") return true;
  if (kind !== "participation") return false;
  if (participation === undefined) return true;
  const { phase, from = "", to = "9999" } = participation;
  return phase === "open" && from <= today && today <= to;
}
