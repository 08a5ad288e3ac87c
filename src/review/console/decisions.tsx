import type { FC } from "hono/jsx";
import { z } from "zod";
import { formatMoment } from "../format.ts";
import { act, type ConsoleParts, type ConsoleRoute, formOf, goOn, may, refuse, type StaffVisit, show } from "./visit.tsx";

/** What operations list is shown as it is: names and values, each a text. */
const Rows = z.array(z.record(z.string(), z.unknown()));
const Waiting = z.array(z.object({ id: z.string() }).loose());
const Rejected = z.array(
  z.object({
    at: z.coerce.date(),
    reason: z.string().nullable(),
    comment: z.string().nullable(),
    question: z.string().nullable(),
    offers: z.array(z.object({ id: z.string() })),
  }),
);

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);

const RowTable: FC<{ readonly title: string; readonly none: string; readonly rows: z.output<typeof Rows> }> = ({ title, none, rows }) => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <section>
      <h2>
        {title} ({rows.length})
      </h2>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <section class="table-frame" tabindex={0} aria-label={title}>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th scope="col">{column}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {columns.map((column) => (
                    <td dir="auto">{textOf(row[column])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
};

const WaitingItem: FC<{ readonly visit: StaffVisit; readonly item: z.output<typeof Waiting>[number] }> = ({
  visit: { words, frame, member },
  item: { id, ...rest },
}) => {
  const [kind = ""] = id.split(":");
  const texts = words.decisions;
  const mayDecide = may.publish.some((role) => role === member.role);
  return (
    <li class="panel" data-row>
      <h3>
        {texts.kinds[kind] ?? kind} <span class="hint">{id}</span>
      </h3>
      <dl class="facts">
        {Object.entries(rest).map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd dir="auto">{textOf(value)}</dd>
          </div>
        ))}
      </dl>
      {mayDecide ? (
        <div class="actions">
          <form method="post" action={`${frame.base}/console/catalogue/approve`} class="inline">
            <input type="hidden" name="id" value={id} />
            <button type="submit">{texts.approve}</button>
          </form>
          <form method="post" action={`${frame.base}/console/catalogue/reject`} class="inline">
            <input type="hidden" name="id" value={id} />
            {kind === "proposal" ? (
              <>
                <label for={`reason-${id}`}>{texts.reason}</label>
                <input id={`reason-${id}`} name="reason" maxlength={500} />
              </>
            ) : null}
            <button type="submit" class="quiet">
              {texts.reject}
            </button>
          </form>
        </div>
      ) : null}
    </li>
  );
};

/** The catalogue's open decisions and doubts, and answers that were called wrong. */
export function decisionRoutes(parts: ConsoleParts): readonly ConsoleRoute[] {
  const { operate, record } = parts;
  const rowsOf = async (name: string) => Rows.parse(await operate(name, {}));

  async function showCatalogue(visit: StaffVisit): Promise<Response> {
    const { decisions: texts } = visit.words;
    const waiting = Waiting.parse(await operate("staff.waiting", {}));
    const [conflicts, unchecked, imports] = await Promise.all(["staff.conflicts", "staff.unchecked", "staff.imports"].map(rowsOf));
    const body = (
      <>
        <h2>
          {texts.waiting} ({waiting.length})
        </h2>
        {waiting.length === 0 ? <p>{texts.none}</p> : null}
        <ul class="letters">
          {waiting.map((item) => (
            <WaitingItem visit={visit} item={item} />
          ))}
        </ul>
        <RowTable title={texts.conflicts} none={texts.none} rows={conflicts ?? []} />
        <RowTable title={texts.unchecked} none={texts.none} rows={unchecked ?? []} />
        <RowTable title={texts.imports} none={texts.none} rows={imports ?? []} />
      </>
    );
    return await show(visit, texts.title, body);
  }

  const deciding = (name: "approve" | "reject") => async (visit: StaffVisit) => {
    const { id, reason } = await formOf(visit);
    if (id === undefined || !/^(import|duplicate|proposal|contribution):/.test(id)) return await refuse(visit, "invalid");
    await act(parts, visit, `staff.${name}`, id, { id, ...(reason === undefined || reason === "" ? {} : { reason }) });
    return goOn(visit, "/console/catalogue", name === "approve" ? "approved" : "rejected");
  };

  async function showRejected(visit: StaffVisit): Promise<Response> {
    const { words, lang } = visit;
    const texts = words.rejected;
    await record({ actor: visit.member.account, action: "rejected.read", subject: "" });
    const rows = Rejected.parse(await operate("staff.rejected", {}));
    const body = (
      <>
        <p>{texts.lead}</p>
        {rows.length === 0 ? <p class="panel">{texts.none}</p> : null}
        <ul class="letters">
          {rows.map((row) => (
            <li class="panel" data-row>
              <p class="row-title" dir="auto">
                {row.question ?? words.talks.hidden}
              </p>
              <p>
                {formatMoment(row.at, lang)}
                {row.reason === null ? "" : ` · ${texts.reasons[row.reason] ?? row.reason}`}
              </p>
              {row.comment === null ? null : (
                <p dir="auto">
                  {texts.comment}: {row.comment}
                </p>
              )}
              {row.offers.length === 0 ? null : (
                <p>
                  {texts.shown}: {row.offers.map(({ id }) => id).join(", ")}
                </p>
              )}
            </li>
          ))}
        </ul>
      </>
    );
    return await show(visit, texts.title, body);
  }

  return [
    { method: "get", path: "/console/ratings", roles: may.read, answer: showRejected },
    { method: "get", path: "/console/catalogue", roles: may.read, answer: showCatalogue },
    { method: "post", path: "/console/catalogue/approve", roles: may.publish, answer: deciding("approve") },
    { method: "post", path: "/console/catalogue/reject", roles: may.publish, answer: deciding("reject") },
  ];
}
