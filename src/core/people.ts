/** Roles of staff: who reads, who writes texts, who lets them out, who sees to people and settings. */
export const staffRoles = ["leser", "redaktion", "freigabe", "admin"] as const;

/** The role of an organisation that keeps its own offers. */
export const providerRole = "anbieter";

/** Who somebody is that has signed in; only an organisation's session speaks for an organisation. */
export type Session =
  | { readonly role: typeof providerRole; readonly organization: string }
  | { readonly role: (typeof staffRoles)[number] };

export type StaffRole = (typeof staffRoles)[number];

/** Languages that staff read the console in. */
export type StaffLang = "de" | "en";

/** Somebody of the city who is signed in. */
export interface Staff {
  readonly account: number;
  readonly name: string;
  readonly role: StaffRole;
  readonly lang: StaffLang | undefined;
  /** True unless keyboard shortcuts are switched off. */
  readonly shortcuts: boolean;
  /** True for an account with a password of ours. */
  readonly local: boolean;
}

/** Whom a session token belongs to. */
export type StaffSession = { readonly kind: "staff"; readonly staff: Staff } | { readonly kind: "provider" };

/** What a link by which a password is set is worth. */
export type AccountLink =
  | { readonly kind: "open"; readonly name: string | undefined }
  | { readonly kind: "used" | "expired" | "revoked" | "unknown" };

export type PasswordFault = "too-short" | "too-long" | "too-common" | "like-name";

/** What became of an attempt to sign in; `wrong` and `locked` are the same for names that exist and names that do not. */
export type SignedIn =
  | { readonly kind: "open"; readonly session: string; readonly staff: Staff }
  | { readonly kind: "wrong" }
  | { readonly kind: "locked"; readonly until: Date };

export type PasswordSet =
  | { readonly kind: "open"; readonly session: string; readonly staff: Staff }
  | { readonly kind: PasswordFault | "no-name" | "name-taken" | "wrong" }
  | { readonly kind: "locked"; readonly until: Date }
  | Exclude<AccountLink, { kind: "open" }>;

/** How staff come in and out. Session tokens and codes go out once; only their hashes are stored. */
export interface StaffAccess {
  /** Undefined where the session is over: 12 hours old, idle for an hour, ended or unknown. `quiet` requests, made by a page by itself, do not count as work. */
  find(session: string, quiet?: boolean): Promise<StaffSession | undefined>;
  /** Ends `before`, the browser's last session, where it succeeds. */
  signIn(entry: { readonly name: string; readonly password: string; readonly before: string | undefined }): Promise<SignedIn>;
  end(session: string): Promise<void>;
  /** What a link is worth, without using it up. */
  look(code: string): Promise<AccountLink>;
  /** Sets the password of a link's account and signs in; all other sessions of the account end. */
  usePasswordLink(entry: {
    readonly code: string;
    readonly name: string;
    readonly password: string;
    readonly before: string | undefined;
  }): Promise<PasswordSet>;
  /** Sets another password; all sessions of the account end, and a new one begins. */
  changePassword(staff: Staff, entry: { readonly current: string; readonly password: string }): Promise<PasswordSet>;
  savePreferences(staff: Staff, preferences: { readonly lang: StaffLang; readonly shortcuts: boolean }): Promise<void>;
}

/** An account as admins see it: nothing of what somebody does or how much. */
export interface Account {
  readonly id: number;
  readonly name: string;
  readonly role: StaffRole;
  readonly state: "active" | "invited" | "disabled";
  readonly local: boolean;
}

export type AccountChange = "done" | "not-found" | "last-admin" | "not-local" | "name-taken" | "no-name";

export type PasswordLink = { readonly kind: "link"; readonly code: string; readonly expiresAt: Date } | { readonly kind: AccountChange };

/** What admins do with accounts; all of it is recorded. */
export interface Accounts {
  list(): Promise<readonly Account[]>;
  /** Makes an account and the link by which its owner sets a password. */
  invite(by: Staff, wanted: { readonly name: string; readonly role: StaffRole }): Promise<PasswordLink>;
  /** Another link for the same account; those before end. */
  renewLink(by: Staff, account: number): Promise<PasswordLink>;
  changeRole(by: Staff, account: number, role: StaffRole): Promise<AccountChange>;
  disable(by: Staff, account: number): Promise<AccountChange>;
  enable(by: Staff, account: number): Promise<AccountChange>;
  endSessions(by: Staff, account: number): Promise<AccountChange>;
}

/** Turns passwords into what may be stored; comes from the platform. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

/** Where the browser is sent to sign in with the city's own service; `flow` comes back with it, in a cookie. */
export interface VouchedStart {
  readonly address: string;
  readonly flow: string;
}

export type VouchedSignIn =
  | { readonly kind: "open"; readonly session: string; readonly staff: Staff; readonly next: string }
  | { readonly kind: "no-role" | "disabled" | "sign-in-failed" };

/** Signing in through the city's own service (OpenID Connect). */
export interface VouchedAccess {
  /** `next` is the page that was wanted. Throws SERVER_UNREACHABLE where the service does not answer. */
  start(next: string): Promise<VouchedStart>;
  /** `query` is what the service sent the browser back with. */
  finish(entry: { readonly query: string; readonly flow: string; readonly before: string | undefined }): Promise<VouchedSignIn>;
}
