import type { DemandCell } from "./demand.ts";
import type { Offer } from "./offer.ts";
import type { Session } from "./people.ts";

/** Why somebody was given a link: to sign in, or to say that what stands there is still right. */
export const purposes = ["join", "confirm"] as const;

export type Purpose = (typeof purposes)[number];

export interface Invitation {
  readonly organization: string;
  readonly purpose: Purpose;
}

export type LookedUp =
  | { readonly kind: "open"; readonly invitation: Invitation }
  | { readonly kind: "used" | "expired" | "revoked" | "unknown" };

/** How organisations come to their pages. Codes and session tokens go out once; only their hashes are stored. */
export interface ProviderAccess {
  /** What a link is worth, without using it up: programs that look into mails open links as well. */
  look(code: string): Promise<LookedUp>;
  /** Uses a link up and opens a session. */
  redeem(
    code: string,
  ): Promise<Exclude<LookedUp, { kind: "open" }> | { readonly kind: "open"; readonly invitation: Invitation; readonly session: string }>;
  /** Who has signed in with that token; undefined if the session is over or unknown. */
  find(session: string): Promise<Session | undefined>;
  end(session: string): Promise<void>;
  /** A code for the next sign-in of the same organisation; the one made before it this way ends. */
  renew(organization: string): Promise<{ readonly code: string; readonly expiresAt: Date }>;
}

/** Text fields that an organisation may want changed; `note` is for staff to read and is no field of an offer. */
export const proposedFields = ["title", "summary", "forWhom", "cost", "papers", "phone", "email", "url", "bookingUrl", "note"] as const;

export type ProposedField = (typeof proposedFields)[number];

/** A change of a text as an organisation sees it. */
export interface Proposal {
  readonly id: number;
  readonly offerId: string;
  readonly field: ProposedField;
  readonly value: unknown;
  readonly state: "open" | "approved" | "rejected";
  /** Why staff did not want it. */
  readonly reason: string | undefined;
  readonly proposedAt: Date;
}

/** An offer with what its organisation is asked to do. */
export interface OwnOffer {
  readonly offer: Offer;
  /** Nobody has compared it with the truth for half a year, or ever. */
  readonly checkDue: boolean;
  /** The count of free places is older than counts of its kind hold. */
  readonly countDue: boolean;
  readonly proposals: readonly Proposal[];
}

/** Free places as an organisation states them; `seen` is the `asOf` that it saw, empty if there was none. */
export interface FreePlaces {
  readonly offerId: string;
  /** Undefined takes the number away. */
  readonly available: number | undefined;
  readonly seen: string;
  /** Index into the units that can be counted; needed the first time only. */
  readonly unit?: number | undefined;
}

/** `unknown`: no offer of this organisation; `newer`: somebody else has written a number meanwhile. */
export type PlacesSaved =
  | { readonly kind: "saved" }
  | { readonly kind: "unknown" }
  | { readonly kind: "newer" | "unit-missing" }
  | { readonly kind: "too-many"; readonly maximum: number };

/** Texts as they come from the form, trimmed; empty means that there is none. */
export type ProposedTexts = Readonly<Record<string, string>>;

/** What cannot be taken, by the name of the form's field. */
export type TextFaults = Readonly<Record<string, "missing" | "too-long" | "no-address" | "no-mail">>;

export type Proposed =
  | { readonly kind: "proposed"; readonly count: number }
  | { readonly kind: "unknown" }
  | { readonly kind: "refused"; readonly faults: TextFaults };

/** An offer of somebody else for a need that the organisation serves as well, in the same district or one next to it. */
export interface SimilarOffer {
  readonly offer: Offer;
  readonly sameDistrict: boolean;
}

/** What an organisation does with its own offers; an offer of another organisation is as if it did not exist. */
export interface ProviderOffers {
  own(organization: string): Promise<readonly OwnOffer[]>;
  /** Live in this process when it resolves, and in others seconds later. */
  setPlaces(organization: string, places: FreePlaces): Promise<PlacesSaved>;
  /** Says of offers that all is right today; returns how many of them are the organisation's. */
  confirm(organization: string, offerIds: readonly string[]): Promise<number>;
  propose(organization: string, offerId: string, texts: ProposedTexts): Promise<Proposed>;
  similar(organization: string): Promise<readonly SimilarOffer[]>;
  /** Wishes of the last weeks for the organisation's needs in its districts that nobody could fulfil. */
  unmet(organization: string): Promise<readonly DemandCell[]>;
  organizations(): Promise<ReadonlySet<string>>;
}

/** What one organisation wrote to another. */
export interface Letter {
  readonly id: number;
  readonly sender: string;
  readonly recipient: string;
  readonly text: string;
  readonly sentAt: Date;
  readonly read: boolean;
  readonly reported: boolean;
}

export const longestLetter = 2000;

/** Letters between organisations. Nobody sees an address; texts are redacted before they are stored. */
export interface OrganizationLetters {
  /** All that an organisation sent and got, the newest last. */
  list(organization: string): Promise<readonly Letter[]>;
  send(letter: { readonly from: string; readonly to: string; readonly text: string }): Promise<"sent" | "too-many">;
  markRead(organization: string, from: string): Promise<void>;
  /** Has staff read a letter; false if the organisation did not get it. */
  report(organization: string, letterId: number): Promise<boolean>;
}
