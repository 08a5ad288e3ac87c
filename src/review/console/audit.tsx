import type { FC } from "hono/jsx";
import type { AuditLog, AuditRow, AuditState } from "../../core/audit.ts";
import { formatMoment } from "../format.ts";
import { ConsolePage } from "./page.tsx";
import { type ConsoleSection, from } from "./routes.ts";
import { show, type Visit } from "./visit.tsx";
import { type ConsoleWords, consoleWords } from "./words.ts";

const rowsOfPage = 50;

const StatePanel: FC<{ readonly words: ConsoleWords["audit"]; readonly state: AuditState }> = ({ words, state }) =>
  state.kind === "whole" ? (
    <div class="done" role="status">
      <p>{words.whole(state.head.id)}</p>
      <p>{words.head}</p>
      <p class="link-box">{`${state.head.id}:${state.head.hash}`}</p>
    </div>
  ) : (
    <div class="error-summary" role="alert">
      <p>{words.broken[state.kind](state.row)}</p>
    </div>
  );

interface AuditPageProps {
  readonly frame: Visit["frame"];
  readonly rows: readonly AuditRow[];
  readonly more: boolean;
  readonly state: AuditState | undefined;
}

const AuditPage: FC<AuditPageProps> = ({ frame, rows, more, state }) => {
  const words = consoleWords[frame.lang].audit;
  const address = `${frame.base}/console/audit`;
  return (
    <ConsolePage {...frame} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {state === undefined ? null : <StatePanel words={words} state={state} />}
      <form method="post" action={`${address}/verify`}>
        <button type="submit">{words.check}</button>
      </form>
      {rows.length === 0 ? (
        <p>{words.empty}</p>
      ) : (
        // The frame scrolls by itself, so the keyboard has to reach it.
        <section class="table-frame log" tabindex={0} aria-label={words.title}>
          <table>
            <thead>
              <tr>
                <th scope="col" class="number">
                  #
                </th>
                {[words.time, words.who, words.what, words.subject].map((label) => (
                  <th scope="col">{label}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ id, at, by, action, subject }) => (
                <tr>
                  <td class="number">{id}</td>
                  <td>{formatMoment(at, frame.lang)}</td>
                  <td>{by}</td>
                  <td>{action}</td>
                  <td>{subject ?? ""}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p class="actions">
        {frame.self.includes("before=") ? (
          <a class="button-like" href={address}>
            {words.newest}
          </a>
        ) : null}
        {more ? (
          <a class="button-like" href={`${address}?before=${rows.at(-1)?.id ?? 0}`}>
            {words.older}
          </a>
        ) : null}
      </p>
    </ConsolePage>
  );
};

/** Who saw and changed what, for admins. */
export function auditSection(log: AuditLog): ConsoleSection {
  const roles = from("admin");
  async function list(visit: Visit, state?: AuditState): Promise<Response> {
    const before = /^\d{1,15}$/.exec(visit.c.req.query("before") ?? "")?.[0];
    const rows = await log.page(before === undefined ? undefined : Number(before), rowsOfPage + 1);
    const props = { frame: visit.frame, rows: rows.slice(0, rowsOfPage), more: rows.length > rowsOfPage, state };
    return await show(visit, <AuditPage {...props} />);
  }
  return {
    ...{ name: "audit", path: "/console/audit", roles },
    routes: [
      [
        "GET",
        "/console/audit",
        roles,
        async (visit) => {
          await visit.record("audit.view");
          return await list(visit);
        },
      ],
      [
        "POST",
        "/console/audit/verify",
        roles,
        async (visit) => {
          await visit.record("audit.verify");
          return await list(visit, await log.verify());
        },
      ],
    ],
  };
}
