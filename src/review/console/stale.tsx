import type { FC } from "hono/jsx";
import { z } from "zod";
import { berlinDay } from "../../text/berlin-time.ts";
import { formatDay } from "../format.ts";
import { Done } from "../page.tsx";
import { act, asking, doneIn, formOf, may, mayDo, type Operate } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import { Pager } from "./pager.tsx";
import type { StaffRoute } from "./routes.ts";
import { staleWords } from "./stale-words.ts";
import { goTo, show, type Visit } from "./visit.tsx";

type Frame = Visit["frame"];

const Page = z.coerce.number().int().min(1).max(100_000).catch(1);

const StaleList = z.object({
  ...{ page: z.number(), pages: z.number(), offers: z.number(), never: z.number() },
  lines: z.array(
    z.object({
      ...{ id: z.string(), title: z.string(), organization: z.string(), organizationId: z.string() },
      ...{ checkedAt: z.string().optional(), number: z.number() },
    }),
  ),
});

type StaleList = z.output<typeof StaleList>;

const StaleLine: FC<{ readonly frame: Frame; readonly line: StaleList["lines"][number]; readonly page: number }> = (props) => {
  const { frame, line, page } = props;
  const { id, title, checkedAt, number } = line;
  const texts = staleWords[frame.lang];
  const catalogue = `${frame.base}/console/catalogue`;
  return (
    <li data-entry>
      <div>
        <a class="row-title" href={`${catalogue}/offers/${encodeURIComponent(id)}`} dir="auto">
          {title}
        </a>
        <p>{checkedAt === undefined ? texts.unchecked : texts.checked(formatDay(checkedAt, frame.lang))}</p>
      </div>
      {mayDo("write", frame.staff) ? (
        <form method="post" action={`${catalogue}/stale/${encodeURIComponent(id)}/checked`}>
          <input type="hidden" name="number" value={number} />
          <input type="hidden" name="page" value={page} />
          <button type="submit" class="quiet" data-key="done" aria-label={texts.checkOf(title)}>
            {texts.check}
          </button>
        </form>
      ) : null}
    </li>
  );
};

const StalePage: FC<{ readonly frame: Frame; readonly list: StaleList; readonly done: string | undefined }> = ({ frame, list, done }) => {
  const texts = staleWords[frame.lang];
  const path = `${frame.base}/console/catalogue/stale`;
  return (
    <ConsolePage {...frame} title={texts.title}>
      <h1>{texts.title}</h1>
      <Done text={done} />
      <p>{texts.lead}</p>
      <p>{list.offers === 0 ? texts.none : texts.found(list.offers, list.never)}</p>
      {[...Map.groupBy(list.lines, ({ organizationId }) => organizationId)].map(([organizationId, lines]) => (
        <section>
          <h2>
            <a href={`${frame.base}/console/organizations/${organizationId}`} dir="auto">
              {lines[0]?.organization}
            </a>
          </h2>
          <ul class="rows panel">
            {lines.map((line) => (
              <StaleLine frame={frame} line={line} page={list.page} />
            ))}
          </ul>
        </section>
      ))}
      <Pager {...list} words={texts} addressOf={(page) => `${path}?page=${page}`} />
    </ConsolePage>
  );
};

/** Offers that nobody has checked for long, and saying of each that it is right today. */
export function staleRoutes({ operate, now }: { readonly operate: Operate; readonly now: () => Date }): readonly StaffRoute[] {
  async function list(visit: Visit): Promise<Response> {
    const page = Page.parse(visit.c.req.query("page"));
    const found = StaleList.parse(await asking(operate)("staff.stale-offers", { page }));
    // The last line of the last page may just have been checked.
    const done = visit.c.req.query("done") === "checked" ? "&done=checked" : "";
    if (page > found.pages) return goTo(visit, `/console/catalogue/stale?page=${found.pages}${done}`);
    return await show(visit, <StalePage frame={visit.frame} list={found} done={doneIn(visit, staleWords[visit.frame.lang].done)} />);
  }

  async function check(visit: Visit): Promise<Response> {
    const offerId = visit.c.req.param("id") ?? "";
    const { number: expected = "", page } = await formOf(visit);
    await act(operate, visit, "staff.edit", `offer:${offerId}`, { offerId, field: "checkedAt", value: berlinDay(now()), expected });
    return goTo(visit, `/console/catalogue/stale?page=${Page.parse(page)}&done=checked`);
  }

  return [
    ["GET", "/console/catalogue/stale", may.read, list],
    ["POST", "/console/catalogue/stale/:id/checked", may.write, check],
  ];
}
