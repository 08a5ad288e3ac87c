import type { FC } from "hono/jsx";
import { z } from "zod";
import { formatMoment } from "../format.ts";
import { asking, may, type Operate } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import { ratingsWords } from "./ratings-words.ts";
import type { ConsoleSection } from "./routes.ts";
import { show, type Visit } from "./visit.tsx";

const Rejected = z.object({
  at: z.coerce.date(),
  reason: z.string().nullable(),
  comment: z.string().nullable(),
  question: z.string().nullable(),
  offers: z.array(z.object({ id: z.string() })),
});

const RatingsPage: FC<{ readonly frame: Visit["frame"]; readonly rows: readonly z.output<typeof Rejected>[] }> = ({ frame, rows }) => {
  const texts = ratingsWords[frame.lang];
  return (
    <ConsolePage {...frame} title={texts.title}>
      <h1>{texts.title}</h1>
      <p>{texts.lead}</p>
      {rows.length === 0 ? <p class="panel">{texts.none}</p> : null}
      <ul class="letters">
        {rows.map((row) => (
          <li class="panel" data-entry tabindex={-1}>
            <p class="row-title" dir="auto">
              {row.question ?? texts.hidden}
            </p>
            <p>
              {formatMoment(row.at, frame.lang)}
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
    </ConsolePage>
  );
};

/** Answers that people called wrong. */
export function ratingsSection(operate: Operate): ConsoleSection {
  async function list(visit: Visit): Promise<Response> {
    await visit.record("ratings.view");
    const rows = z.array(Rejected).parse(await asking(operate)("staff.rejected", {}));
    return await show(visit, <RatingsPage frame={visit.frame} rows={rows} />);
  }

  return { ...{ name: "ratings", path: "/console/ratings", roles: may.read }, routes: [["GET", "/console/ratings", may.read, list]] };
}
