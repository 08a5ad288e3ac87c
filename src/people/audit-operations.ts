import { z } from "zod";
import type { Database } from "../database/database.ts";
import { verifyAudit } from "./audit.ts";

const Verify = z.object({
  head: z
    .string()
    .regex(/^\d{1,15}:[0-9a-f]{64}$/, "must look like 123:9f86d0…, as the log's page and this command print it")
    .optional(),
});

/** What commands do with the audit log, by name: `audit.verify` follows it, also to an end that was written down (`head`). */
export function createAuditOperations(db: Database) {
  return {
    "audit.verify": async (input: unknown) => {
      const { head } = Verify.parse(input);
      const [id = "", hash = ""] = head?.split(":") ?? [];
      return await verifyAudit(db, head === undefined ? undefined : { id: Number(id), hash });
    },
  };
}
