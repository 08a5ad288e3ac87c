import type { z } from "zod";
import { OfferEntry } from "../content-schema.ts";
import { longest } from "./clean.ts";
import type { SourceItem, SourceOffer } from "./importer.ts";

/** What an importer makes of a row, not yet checked. */
export type OfferDraft = { readonly [field in keyof SourceOffer]?: SourceOffer[field] | undefined };

/** A row that cannot be taken, found while it is read; `message` is the reason. */
export class RowError extends Error {}

/** What is wrong with something from outside, by the field that is; `whole` stands for the thing itself. */
function reasonOf(error: z.ZodError, whole: string): string {
  const issue = error.issues[0];
  const field = issue?.path.join(".") || whole;
  const missing = issue?.code === "invalid_type" && /received (?:undefined|null)$/.test(issue.message);
  return missing ? `${field} is missing` : `${field}: ${issue?.message ?? "does not fit"}`;
}

/** A row that is not even shaped like one. */
export function rejectedBy(error: z.ZodError, place: string): SourceItem {
  return { kind: "rejected", place, reason: reasonOf(error, "the record") };
}

function withoutUndefined(draft: OfferDraft): OfferDraft {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
}

/** Makes items of drafts: checks each against the schema of offers and refuses an id that stood in the source before. */
export function createItemMaker(): (place: string, externalId: string | undefined, make: () => OfferDraft) => SourceItem {
  const places = new Map<string, string>();
  return (place, externalId, make) => {
    const reject = (reason: string): SourceItem => ({ kind: "rejected", place, reason });
    const id = externalId?.trim();
    if (id === undefined || id === "") return reject("id is missing");
    if (id.length > longest.line) return reject(`id is longer than ${longest.line} characters`);
    const other = places.get(id);
    if (other !== undefined) return reject(`the id ${id.slice(0, 80)} stands at ${other} as well`);
    try {
      const draft = withoutUndefined(make());
      // The import adds these; here they stand in, so that the whole record can be checked.
      const parsed = OfferEntry.safeParse({
        needs: [],
        ...draft,
        id: "x",
        source: { name: "x", url: "https://x.example" },
        status: "unchecked",
      });
      if (!parsed.success) return rejectedBy(parsed.error, place);
      const { id: _id, source: _source, status: _status, needs, ...offer } = parsed.data;
      places.set(id, place);
      return { kind: "record", place, externalId: id, offer: needs.length === 0 ? offer : { ...offer, needs } };
    } catch (error) {
      if (error instanceof RowError) return reject(error.message);
      throw error;
    }
  };
}

/** True for what took place and has no date any more: nothing is wrong with it, but nobody can go there. */
export function isOver(item: SourceItem): boolean {
  return item.kind === "record" && item.offer.dates?.length === 0;
}
