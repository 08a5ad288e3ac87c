import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

/** A moment with its time zone, as a Date. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
/** A 64-bit number, of which JavaScript holds 53 bits exactly. */
export const int64 = (name: string) => bigint(name, { mode: "number" });
/** Drivers give JSON parsed; Drizzle's own jsonb parses once more and turns the text "115" into a number. */
export const json = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => "jsonb",
  toDriver: (value) => JSON.stringify(value),
});
/** Bytes as they are. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
