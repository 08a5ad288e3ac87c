import { stringify } from "yaml";
import type { Offer } from "../../core/offer.ts";
import { OfferFileEntry } from "../content-schema.ts";
import type { StoredContent } from "../content-store.ts";

/** An offer as an entry of a file of knowledge/offers, or why it cannot stand in one. */
export type ContentEntry =
  | { readonly kind: "entry"; readonly file: string; readonly text: string }
  | { readonly kind: "left-out"; readonly id: string; readonly reason: string };

/** Files are named by the group of an offer's first need, as those that ship. */
export function createContentWriter({ needs, districts }: Pick<StoredContent, "needs" | "districts">): (offer: Offer) => ContentEntry {
  const groups = new Map(needs.map(({ id, group }) => [id, group]));
  const names = new Set(districts.map(({ name }) => name));
  return (offer) => {
    const leave = (reason: string) => ({ kind: "left-out", id: offer.id, reason }) as const;
    const parsed = OfferFileEntry.safeParse(offer);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return leave(`${issue?.path.join(".")}: ${issue?.message}`);
    }
    const unknown = offer.needs.find((need) => !groups.has(need));
    if (unknown !== undefined) return leave(`needs: there is no need ${unknown}`);
    if (offer.district !== undefined && !names.has(offer.district)) return leave(`district: there is no district ${offer.district}`);
    const file = `${groups.get(offer.needs[0] ?? "")}.yaml`;
    return { kind: "entry", file, text: `${stringify([parsed.data], { lineWidth: 0 })}\n` };
  };
}
