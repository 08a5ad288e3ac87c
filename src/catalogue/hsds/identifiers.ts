import { v5 } from "uuid";

/** Drawn once at random. Another one would give every record another identity at all who copy the catalogue. */
const namespace = "6b0f7f0e-5c1b-4c5e-9a35-2f4d1f0c8a17";

/** What a record of HSDS is; each has identifiers of its own. */
export type RecordKind =
  | "service"
  | "organization"
  | "location"
  | "service_at_location"
  | "taxonomy"
  | "taxonomy_term"
  | "unit"
  /** What belongs to one record: a phone, a schedule, an attribute. */
  | "part";

/** The UUID (version 5, RFC 9562) of what we call `key`: always the same one, so that no table has to remember it. */
export function uuidOf(kind: RecordKind, key: string): string {
  return v5(`${kind}:${key}`, namespace);
}
