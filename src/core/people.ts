/** Roles of staff: who reads, who writes texts, who lets them out, who sees to people and settings. */
export const staffRoles = ["leser", "redaktion", "freigabe", "admin"] as const;

/** The role of an organisation that keeps its own offers. */
export const providerRole = "anbieter";

/** Who somebody is that has signed in; only an organisation's session speaks for an organisation. */
export type Session =
  | { readonly role: typeof providerRole; readonly organization: string }
  | { readonly role: (typeof staffRoles)[number] };
