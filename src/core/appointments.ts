import type { Offer } from "./offer.ts";

/**
 * Free appointments of an offer at this moment: the first one (ISO 8601) with its office, none within the days looked at, or nothing known because the appointment
 * system gave no answer. `asOf` is ISO 8601.
 */
export type Appointments =
  | { readonly kind: "free"; readonly first: string; readonly office: string | undefined; readonly asOf: string }
  | { readonly kind: "none"; readonly until: string; readonly asOf: string }
  | { readonly kind: "unavailable" };

/** Looks up free appointments; undefined for an offer that has none to be booked. Never rejects because the other side is away. */
export type FindAppointments = (offer: Offer) => Promise<Appointments | undefined>;
