import type { FC } from "hono/jsx";
import { z } from "zod";
import { Done } from "../page.tsx";
import { catalogueWords } from "./catalogue-words.ts";
import { offerRoutes } from "./offers.tsx";
import { act, asking, doneIn, formOf, may, mayDo, withConflicts } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import type { ConsoleSection } from "./routes.ts";
import { staleRoutes } from "./stale.tsx";
import { goTo, refuse, show, type Visit } from "./visit.tsx";

/** What operations list is shown as it is: names and values, each a text. */
const Rows = z.array(z.record(z.string(), z.unknown()));
const Waiting = z.array(z.object({ id: z.string() }).loose());

type Rows = z.output<typeof Rows>;
type Frame = Visit["frame"];

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);

const RowTable: FC<{ readonly title: string; readonly none: string; readonly rows: Rows }> = ({ title, none, rows }) => {
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

const WaitingItem: FC<{ readonly frame: Frame; readonly item: z.output<typeof Waiting>[number] }> = ({ frame, item: { id, ...rest } }) => {
  const [kind = ""] = id.split(":");
  const texts = catalogueWords[frame.lang];
  return (
    <li class="panel" data-entry>
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
      {mayDo("publish", frame.staff) ? (
        <div class="actions">
          <form method="post" action={`${frame.base}/console/catalogue/approve`} class="inline">
            <input type="hidden" name="id" value={id} />
            <button type="submit" data-key="done">
              {texts.approve}
            </button>
          </form>
          <form method="post" action={`${frame.base}/console/catalogue/reject`} class="inline">
            <input type="hidden" name="id" value={id} />
            {kind === "proposal" ? (
              <>
                <label for={`reason-${id}`}>{texts.reason}</label>
                <input id={`reason-${id}`} name="reason" maxlength={500} dir="auto" data-key="note" />
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

interface PageProps {
  readonly frame: Frame;
  readonly done: string | undefined;
  readonly waiting: z.output<typeof Waiting>;
  readonly conflicts: Rows;
  readonly imports: Rows;
}

const CataloguePage: FC<PageProps> = ({ frame, done, waiting, conflicts, imports }) => {
  const texts = catalogueWords[frame.lang];
  return (
    <ConsolePage {...frame} title={texts.title}>
      <h1>{texts.title}</h1>
      <Done text={done} />
      <p class="actions">
        {(["offers", "stale", "places"] as const).map((part) => (
          <a class="button-like" href={`${frame.base}/console/catalogue/${part}`}>
            {texts[part]}
          </a>
        ))}
      </p>
      <h2>
        {texts.waiting} ({waiting.length})
      </h2>
      {waiting.length === 0 ? <p>{texts.none}</p> : null}
      <ul class="letters">
        {waiting.map((item) => (
          <WaitingItem frame={frame} item={item} />
        ))}
      </ul>
      <RowTable title={texts.conflicts} none={texts.none} rows={conflicts} />
      <RowTable title={texts.imports} none={texts.none} rows={imports} />
    </ConsolePage>
  );
};

const decidable = /^(?:import|duplicate|proposal|contribution):[\w./-]{1,100}$/;

/** The catalogue's open decisions and doubts. */
export function catalogueSection({ operate, accounts, units, needs, now }: Parameters<typeof offerRoutes>[0]): ConsoleSection {
  const ask = asking(operate);
  const rowsOf = async (name: string) => Rows.parse(await ask(name, {}));

  async function showAll(visit: Visit): Promise<Response> {
    const waiting = Waiting.parse(await ask("staff.waiting", {}));
    const conflicts = await rowsOf("staff.conflicts");
    const imports = await rowsOf("staff.imports");
    const done = doneIn(visit, catalogueWords[visit.frame.lang].done);
    return await show(visit, <CataloguePage {...{ frame: visit.frame, done, waiting, conflicts, imports }} />);
  }

  const deciding = (name: "approve" | "reject") => async (visit: Visit) => {
    const { id, reason } = await formOf(visit);
    if (id === undefined || !decidable.test(id)) return await refuse(visit, "invalid");
    await act(operate, visit, `staff.${name}`, id, { id, ...(reason === undefined || reason === "" ? {} : { reason }) });
    return goTo(visit, `/console/catalogue?done=${name === "approve" ? "approved" : "rejected"}`);
  };

  return {
    ...{ name: "catalogue", path: "/console/catalogue", roles: may.read },
    routes: withConflicts([
      ["GET", "/console/catalogue", may.read, showAll],
      ...offerRoutes({ operate, accounts, units, needs, now }),
      ...staleRoutes({ operate, now }),
      ["POST", "/console/catalogue/approve", may.publish, deciding("approve")],
      ["POST", "/console/catalogue/reject", may.publish, deciding("reject")],
    ]),
  };
}
