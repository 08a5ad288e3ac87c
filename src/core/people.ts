/** Roles of staff: who reads, who writes texts, who lets them out, who sees to people and settings. */
export const staffRoles = ["leser", "redaktion", "freigabe", "admin"] as const;

/** The role of an organisation that keeps its own offers. */
export const providerRole = "anbieter";

export type StaffRole = (typeof staffRoles)[number];

/** Who somebody is that has signed in; only an organisation's session speaks for an organisation. */
export type Session = { readonly role: typeof providerRole; readonly organization: string } | { readonly role: StaffRole };

/** Somebody of the city who has signed in; `account` is an id. */
export interface StaffMember {
  readonly account: string;
  readonly name: string;
  readonly role: StaffRole;
  /** False for those who come by the city's own sign-in. */
  readonly hasPassword: boolean;
}

/** An account as those see it who see to people. */
export interface StaffAccount {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly disabled: boolean;
  readonly hasPassword: boolean;
}

/** What became of signing in; `refused` tells nothing of whether the account exists. */
export type SignedIn =
  | { readonly kind: "in"; readonly session: string; readonly member: StaffMember }
  | { readonly kind: "refused" }
  /** Too many failures; also right words are refused for so long. */
  | { readonly kind: "wait"; readonly seconds: number };

/** What a link is for: an account of that role, or a new password. */
export type AccountLink = { readonly kind: "account"; readonly role: StaffRole } | { readonly kind: "password"; readonly login: string };

export type Joined =
  | { readonly kind: "joined"; readonly session: string; readonly member: StaffMember }
  | { readonly kind: "gone" | "login-taken" | "login-invalid" | "name-invalid" | "password-short" | "password-known" };

/** Somebody whom an OpenID provider vouches for. */
export interface Vouched {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly role: StaffRole;
}

/** How people of the city come to the console. Codes and session tokens go out once; only their hashes are stored. */
export interface StaffAccess {
  signIn(login: string, password: string): Promise<SignedIn>;
  /** Opens a session for somebody whom an OpenID provider vouches for; undefined if the account is disabled. */
  signInVouched(vouched: Vouched): Promise<{ readonly session: string; readonly member: StaffMember } | undefined>;
  /** Who has signed in with that token; undefined if the session is over or unknown. Marks it as used. */
  find(session: string): Promise<StaffMember | undefined>;
  end(session: string): Promise<void>;
  lookAtLink(code: string): Promise<AccountLink | undefined>;
  /** Uses a link up: makes the account, or sets the password, and signs in. */
  join(code: string, given: { readonly login: string; readonly name: string; readonly password: string }): Promise<Joined>;
  /** Sets another password and ends all other sessions of the account. */
  changePassword(account: string, before: string, after: string): Promise<"changed" | "refused" | "password-short" | "password-known">;
  list(): Promise<readonly StaffAccount[]>;
  /** A code for somebody who is to have that role, or, for an account, for a new password. */
  makeLink(
    link: { readonly role: StaffRole } | { readonly account: string },
  ): Promise<{ readonly code: string; readonly expiresAt: Date } | undefined>;
  /** Changes a role, disables or enables; ends the sessions. False where the last admin would be gone, or there is no such account. */
  change(account: string, change: { readonly role: StaffRole } | { readonly disabled: boolean }): Promise<boolean>;
}

/** How passwords are kept; slow on purpose. Absent where no such code can run: there people come by OpenID Connect only. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

/** One line of the audit log: ids only, never a text of people. */
export interface AuditEntry {
  /** An account's id, or another name of who did it. */
  readonly actor: string;
  /** What was done, such as "handovers.take". */
  readonly action: string;
  /** On what, such as "handover 12"; empty where the action says it. */
  readonly subject: string;
}
