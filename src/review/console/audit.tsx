import type { FC } from "hono/jsx";
import { z } from "zod";
import { formatMoment } from "../format.ts";
import { type ConsoleParts, type ConsoleRoute, may, type StaffVisit, show } from "./visit.tsx";

const mostRows = 100;

const Verified = z.object({ kind: z.enum(["whole", "changed", "missing", "cut"]), rows: z.number(), row: z.number().optional() });
const Rows = z.array(z.object({ id: z.number(), at: z.string(), actor: z.string(), action: z.string(), subject: z.string() }));

interface AuditView {
  readonly visit: StaffVisit;
  readonly rows: z.output<typeof Rows>;
  readonly names: ReadonlyMap<string, string>;
  readonly verified: z.output<typeof Verified> | undefined;
}

const AuditBody: FC<AuditView> = ({ visit: { words, lang, frame }, rows, names, verified }) => {
  const texts = words.audit;
  const oldest = rows.at(-1)?.id ?? 0;
  return (
    <>
      <p>{texts.lead}</p>
      {verified === undefined ? (
        <p>
          <a href={`${frame.base}/console/audit?verify=1`}>{texts.verify}</a>
        </p>
      ) : (
        <p class={verified.kind === "whole" ? "done" : "error-summary"} role="status">
          {verified.kind === "whole" ? texts.whole(String(verified.rows)) : texts.broken(String(verified.row))}
        </p>
      )}
      <section class="table-frame" tabindex={0} aria-label={texts.title}>
        <table>
          <thead>
            <tr>
              {[texts.number, texts.when, texts.who, texts.what, texts.on].map((head) => (
                <th scope="col">{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, at, actor, action, subject }) => (
              <tr>
                <td class="number">{id}</td>
                <td>{formatMoment(at, lang)}</td>
                <td dir="auto">{names.get(actor) ?? actor}</td>
                <td>{action}</td>
                <td>{subject}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {oldest > 1 ? (
        <p>
          <a href={`${frame.base}/console/audit?before=${oldest}`}>{texts.older}</a>
        </p>
      ) : null}
    </>
  );
};

/** The log of who saw and changed what; reading it is written down as well. */
export function auditRoutes({ access, operate, record }: ConsoleParts): readonly ConsoleRoute[] {
  async function showLog(visit: StaffVisit): Promise<Response> {
    await record({ actor: visit.member.account, action: "audit.read", subject: "" });
    const before = z.coerce.number().int().positive().safeParse(visit.c.req.query("before")).data;
    const verified = visit.c.req.query("verify") === undefined ? undefined : Verified.parse(await operate("audit.verify", {}));
    const rows = Rows.parse(await operate("audit.read", { most: mostRows, before }));
    const names = new Map((await access.list()).map(({ id, name }) => [id, name]));
    return await show(visit, visit.words.audit.title, <AuditBody {...{ visit, rows, names, verified }} />);
  }
  return [{ method: "get", path: "/console/audit", roles: may.manage, answer: showLog }];
}
