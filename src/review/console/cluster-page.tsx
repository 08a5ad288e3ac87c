import type { FC } from "hono/jsx";
import type { z } from "zod";
import { formatMoment } from "../format.ts";
import { Done } from "../page.tsx";
import { type ClusterChoices, ClusterWork } from "./cluster-work.tsx";
import { type Forwarding, ForwardList, type Forwards } from "./forward.tsx";
import { type Cluster, nameOf, percent } from "./inbox-shapes.ts";
import { inboxWords } from "./inbox-words.ts";
import { mayDo } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import type { Visit } from "./visit.tsx";

interface ClusterProps extends ClusterChoices {
  readonly frame: Visit["frame"];
  readonly cluster: Cluster;
  readonly names: ReadonlyMap<string, string>;
  /** Articles that were written for it. */
  readonly linked: readonly number[];
  /** How many of those who asked want to be told. */
  readonly waiting: number;
  readonly done: string | undefined;
  readonly forwarding: Forwarding;
  readonly forwards: z.output<typeof Forwards>;
}

const Facts: FC<Pick<ClusterProps, "frame" | "cluster" | "needs">> = ({ frame: { lang }, cluster, needs }) => {
  const words = inboxWords[lang];
  const languageNames = new Intl.DisplayNames([lang], { type: "language" });
  const labels = new Map(needs.map(({ id, label }) => [id, label]));
  const rows: readonly (readonly [string, Readonly<Record<string, number>>, (key: string) => string])[] = [
    [words.kinds, cluster.kinds, (key) => words.kindNames[key] ?? key],
    [words.languages, cluster.langs, (key) => languageNames.of(key) ?? key],
    [words.channels, cluster.channels, (key) => words.channelNames[key] ?? key],
    [words.districts, cluster.districts, (key) => key],
    [words.needs, cluster.needs, (key) => labels.get(key) ?? key],
  ];
  return (
    <dl class="facts">
      {rows.map(([label, counts, name]) => (
        <div>
          <dt>{label}</dt>
          <dd>
            {Object.entries(counts)
              .map(([key, count]) => `${name(key)} (${count})`)
              .join(", ") || "–"}
          </dd>
        </div>
      ))}
    </dl>
  );
};

type Question = Cluster["questions"][number];

/** The needs and offers that one question led to, with their scores. */
const Understood: FC<Pick<ClusterProps, "frame" | "needs"> & Pick<Question, "offers"> & { readonly scores: Question["needs"] }> = (
  props,
) => {
  const { frame, needs, offers, scores } = props;
  const words = inboxWords[frame.lang];
  const labels = new Map(needs.map(({ id, label }) => [id, label]));
  return (
    <details>
      <summary>{words.understood}</summary>
      <p>
        {words.needs}: {scores.map(({ id, score }) => `${labels.get(id) ?? id} ${percent(score)}`).join(", ") || "–"}
      </p>
      <p>
        {words.candidates}:{" "}
        {offers.length === 0
          ? "–"
          : offers.map(({ id, score }, index) => (
              <>
                {index === 0 ? "" : ", "}
                <a href={`${frame.base}/console/catalogue/offers/${encodeURIComponent(id)}`}>{id}</a> {percent(score)}
              </>
            ))}
      </p>
    </details>
  );
};

const Questions: FC<Pick<ClusterProps, "frame" | "cluster" | "needs">> = ({ frame, cluster, needs }) => {
  const words = inboxWords[frame.lang];
  const path = `${frame.base}/console/inbox/${cluster.id}`;
  const writes = mayDo("write", frame.staff);
  return (
    <section>
      <h2>{words.questions}</h2>
      <form method="post" action={`${path}/split`}>
        <ul class="rows panel">
          {cluster.questions.map(({ id, at, text, lang, channel, kind, needs: scores, offers }) => (
            <li data-entry>
              <div>
                <p>
                  {writes ? <input type="checkbox" name="gap" value={id} id={`gap-${id}`} /> : null}{" "}
                  <label for={`gap-${id}`} lang={lang} dir="auto">
                    {text ?? words.personal}
                  </label>
                </p>
                <p>
                  {formatMoment(at, frame.lang)} · {words.channelNames[channel] ?? channel} · {words.kindNames[kind] ?? kind} ·{" "}
                  <a href={`${path}/context/${id}`}>{words.context}</a>
                </p>
                {scores.length + offers.length === 0 ? null : <Understood {...{ frame, needs, offers, scores }} />}
              </div>
            </li>
          ))}
        </ul>
        {cluster.pages > 1 ? (
          <p class="actions">
            {cluster.page > 1 ? <a href={`${path}?page=${cluster.page - 1}`}>{words.newer}</a> : null}
            <span>{words.page(cluster.page, cluster.pages)}</span>
            {cluster.page < cluster.pages ? <a href={`${path}?page=${cluster.page + 1}`}>{words.older}</a> : null}
          </p>
        ) : null}
        {writes ? (
          <button type="submit" class="quiet">
            {words.split}
          </button>
        ) : null}
      </form>
    </section>
  );
};

const Steps: FC<Pick<ClusterProps, "frame" | "cluster" | "names">> = ({ frame, cluster, names }) => {
  const words = inboxWords[frame.lang];
  return (
    <section>
      <h2>{words.steps}</h2>
      <ul class="rows panel">
        {cluster.steps.map(({ at, step, by, text }) => (
          <li>
            <div>
              {formatMoment(at, frame.lang)}: {words.stepNames[step] ?? step}, {names.get(by) ?? by}
              {text === undefined ? null : <p dir="auto">{text}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** One cluster: its questions, what was understood, what staff did, and what can be done. */
export const ClusterPage: FC<ClusterProps> = (props) => {
  const { frame, cluster, names, needs, linked, done, forwards } = props;
  const words = inboxWords[frame.lang];
  return (
    <ConsolePage {...frame} title={words.one(cluster.id)}>
      <Done text={done} />
      <h1 dir="auto">{nameOf(cluster, words.personal)}</h1>
      <p>
        {words.states[cluster.state]} · {words.asked(cluster.gaps)} · {words.week(cluster.week, cluster.weekBefore)}
        {cluster.assignee === undefined ? "" : ` · ${words.assigned}: ${names.get(cluster.assignee) ?? cluster.assignee}`}
        {cluster.nearest === undefined ? "" : ` · ${words.nearest}: ${cluster.nearest.id} (${percent(cluster.nearest.score)})`}
      </p>
      <Facts frame={frame} cluster={cluster} needs={needs} />
      <Questions frame={frame} cluster={cluster} needs={needs} />
      {linked.length === 0 ? null : (
        <section>
          <h2>{words.linked}</h2>
          <ul>
            {linked.map((article) => (
              <li>
                <a href={`${frame.base}/console/articles/${article}`}>{words.linkedArticle(article)}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mayDo("write", frame.staff) ? <ClusterWork {...props} /> : null}
      <ForwardList {...{ frame, cluster, names, forwards }} />
      <Steps frame={frame} cluster={cluster} names={names} />
    </ConsolePage>
  );
};

interface ContextProps {
  readonly frame: Visit["frame"];
  readonly id: number;
  readonly before: readonly {
    readonly at: string;
    readonly question?: string | undefined;
    readonly kind: string;
    readonly offers: readonly string[];
  }[];
}

/** The questions of one talk up to a gap. */
export const ContextPage: FC<ContextProps> = ({ frame, id, before }) => {
  const words = inboxWords[frame.lang];
  return (
    <ConsolePage {...frame} title={words.context}>
      <h1>{words.context}</h1>
      <ol class="letters">
        {before.map(({ at, question, kind, offers }) => (
          <li class="letter">
            <p class="who-when">{formatMoment(at, frame.lang)}</p>
            <p dir="auto">{question ?? words.personal}</p>
            <p>
              {kind}
              {offers.length === 0 ? "" : `: ${offers.join(", ")}`}
            </p>
          </li>
        ))}
      </ol>
      <p>
        <a href={`${frame.base}/console/inbox/${id}`}>{words.one(id)}</a>
      </p>
    </ConsolePage>
  );
};
