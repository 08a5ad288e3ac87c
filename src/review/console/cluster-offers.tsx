import type { FC } from "hono/jsx";
import { z } from "zod";
import { Cluster, nameOf } from "./inbox-shapes.ts";
import { inboxWords } from "./inbox-words.ts";
import { OfferList } from "./offer-pages.tsx";
import { offerWords } from "./offer-words.ts";
import { act, asking, formOf, may, mayDo, numberIn, type Operate } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import type { StaffRoute } from "./routes.ts";
import { goTo, show, type Visit } from "./visit.tsx";

/** Offers that are proposed before anybody has searched. */
const mostCandidates = 5;

type Line = z.output<typeof OfferList>["lines"][number];

interface ChoiceProps {
  readonly frame: Visit["frame"];
  readonly cluster: Cluster;
  readonly q: string;
  readonly lines: readonly Line[];
}

const OfferChoice: FC<{ readonly frame: Visit["frame"]; readonly line: Line; readonly path: string }> = ({ frame, line, path }) => {
  const words = inboxWords[frame.lang];
  const { id, title, organization, removed } = line;
  return (
    <li data-entry>
      <div>
        <a class="row-title" href={`${frame.base}/console/catalogue/offers/${encodeURIComponent(id)}`} dir="auto">
          {title}
        </a>
        <p>
          <bdi>{organization}</bdi>
        </p>
      </div>
      {mayDo("publish", frame.staff) && !removed ? (
        <form method="post" action={path} class="inline">
          <input type="hidden" name="offer" value={id} />
          <button type="submit" class="quiet" aria-label={`${words.answerWithOffer}: ${title}`}>
            {words.answerWithOffer}
          </button>
        </form>
      ) : null}
    </li>
  );
};

/** Offers that could answer a cluster: those that came up for its questions, or what a search finds. */
const ClusterOffersPage: FC<ChoiceProps> = ({ frame, cluster, q, lines }) => {
  const words = inboxWords[frame.lang];
  const path = `${frame.base}/console/inbox/${cluster.id}/offers`;
  return (
    <ConsolePage {...frame} title={words.offersTitle}>
      <h1>{words.offersTitle}</h1>
      <p class="lead" dir="auto">
        {nameOf(cluster, words.personal)}
      </p>
      <p>{words.offersLead}</p>
      <form method="get" action={path} class="form">
        <label for="q">{offerWords[frame.lang].search}</label>
        <input id="q" name="q" maxlength={200} dir="auto" value={q} />
        <button type="submit">{offerWords[frame.lang].button}</button>
      </form>
      <h2>{q === "" ? words.offersThatCameUp : words.offersFound}</h2>
      {lines.length === 0 ? <p class="panel">{words.none}</p> : null}
      <ul class={lines.length === 0 ? "" : "rows panel"}>
        {lines.map((line) => (
          <OfferChoice frame={frame} line={line} path={path} />
        ))}
      </ul>
      <p>
        <a href={`${frame.base}/console/inbox/${cluster.id}`}>{words.one(cluster.id)}</a>
      </p>
    </ConsolePage>
  );
};

/** The offers that came up most often for the questions of a cluster. */
function candidatesOf({ questions }: Cluster): readonly string[] {
  const counts = new Map<string, number>();
  for (const { offers } of questions) for (const { id } of offers) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostCandidates)
    .map(([id]) => id);
}

/** Answering a cluster with an offer that is there already. */
export function clusterOfferRoutes(operate: Operate): readonly StaffRoute[] {
  const ask = asking(operate);
  const search = async (q: string) => OfferList.parse(await ask("staff.search-offers", { q })).lines;

  async function list(visit: Visit): Promise<Response> {
    const cluster = Cluster.parse(await ask("staff.clusters.show", { id: numberIn(visit) }));
    const q = z.string().max(200).catch("").parse(visit.c.req.query("q")).trim();
    const candidates = q === "" ? candidatesOf(cluster) : [];
    const found = await Promise.all(candidates.map(async (id) => (await search(id)).find((line) => line.id === id)));
    const lines = q === "" ? found.flatMap((line) => line ?? []) : await search(q);
    await visit.record("cluster.offers", `cluster:${cluster.id}`);
    return await show(visit, <ClusterOffersPage frame={visit.frame} cluster={cluster} q={q} lines={lines} />);
  }

  async function answer(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const { offer = "" } = await formOf(visit);
    await act(operate, visit, "staff.clusters.answer-by-offer", `cluster:${id}`, { id, offer });
    return goTo(visit, `/console/inbox/${id}?done=answered`);
  }

  const path = "/console/inbox/:id/offers";
  return [
    ["GET", path, may.read, list],
    ["POST", path, may.publish, answer],
  ];
}
