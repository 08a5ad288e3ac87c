import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import { AppError } from "../../core/errors.ts";
import type { Offer } from "../../core/offer.ts";
import type { Database } from "../../database/database.ts";
import { findOrganization } from "./keys.ts";
import { readReport } from "./read-report.ts";
import { checkReport, saveCapacities } from "./report.ts";

/** What the route needs; `onChange` is called after the commit. */
export interface CapacityRouteParts {
  readonly db: Database;
  readonly offers: () => readonly Offer[];
  readonly onChange: () => Promise<unknown>;
  readonly now: () => Date;
  readonly log: Pick<Logger, "info">;
}

const mostBytes = 256 * 1024;
const bearer = /^Bearer ([\w-]{20,100})$/;

function formatOf(context: Context): "json" | "csv" | undefined {
  const type = context.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (type === "application/json") return "json";
  return type === "text/csv" ? "csv" : undefined;
}

/** PUT /api/capacities (POST does the same): an organisation's own counts of free places, HSDS service_capacity as JSON or CSV. */
export function createCapacityRoute({ db, offers, onChange, now, log }: CapacityRouteParts): Hono {
  const refuse = (context: Context, status: 400 | 401 | 403 | 413 | 415, message: string, rows: readonly unknown[] = []) =>
    context.json({ error: { code: "REQUEST_INVALID", message, ...(rows.length === 0 ? {} : { rows }) } }, status);

  async function handle(context: Context): Promise<Response> {
    const key = bearer.exec(context.req.header("Authorization") ?? "")?.[1];
    const organization = key === undefined ? undefined : await findOrganization(db, key);
    if (organization === undefined) throw new AppError("UNAUTHORIZED", "Authorization: Bearer with a valid key is needed.");
    const format = formatOf(context);
    if (format === undefined) return refuse(context, 415, "Content-Type has to be application/json or text/csv.");
    const checked = checkReport(readReport(await context.req.text(), format), organization, offers(), now());
    if ("refused" in checked) return refuse(context, checked.refused.status, "Nothing was taken.", checked.refused.rows);
    await saveCapacities(db, checked.changes);
    await onChange();
    log.info({ organization, offers: checked.changes.length }, "free places reported");
    return context.json({ taken: checked.changes.length });
  }

  const limit = bodyLimit({ maxSize: mostBytes, onError: (context) => refuse(context, 413, `A report has ${mostBytes} bytes at most.`) });
  return new Hono().on(["PUT", "POST"], "/api/capacities", limit, handle);
}
