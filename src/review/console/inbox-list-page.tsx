import type { FC } from "hono/jsx";
import type { z } from "zod";
import { type ClusterState, clusterStates } from "../../core/clusters.ts";
import { type InboxList, nameOf, percent } from "./inbox-shapes.ts";
import { inboxWords } from "./inbox-words.ts";
import { ConsolePage } from "./page.tsx";
import type { Visit } from "./visit.tsx";

/** Where a list of clusters is looked at from. */
export interface InboxQuery {
  readonly state: ClusterState;
  readonly sort: string;
  readonly singles: boolean;
}

const addressOf = (base: string, { state, sort, singles }: InboxQuery, page = 1) =>
  `${base}/console/inbox?state=${state}&sort=${sort}${singles ? "&singles=1" : ""}${page === 1 ? "" : `&page=${page}`}`;

const Choices: FC<{
  readonly label: string;
  readonly items: readonly { readonly href: string; readonly text: string; readonly here: boolean }[];
}> = ({ label, items }) => (
  <nav aria-label={label} class="periods">
    <ul>
      {items.map(({ href, text, here }) => (
        <li>
          <a href={href} {...(here ? { "aria-current": "page" } : {})}>
            {text}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** Questions without a good answer, by what they mean. */
export const InboxPage: FC<{ readonly frame: Visit["frame"]; readonly list: z.output<typeof InboxList>; readonly query: InboxQuery }> = ({
  frame,
  list,
  query,
}) => {
  const words = inboxWords[frame.lang];
  const { base } = frame;
  return (
    <ConsolePage {...frame} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <Choices
        label={words.state}
        items={clusterStates.map((state) => ({
          href: addressOf(base, { ...query, state }),
          text: words.states[state],
          here: state === query.state,
        }))}
      />
      <Choices
        label={words.sort}
        items={Object.entries(words.sorts).map(([sort, text]) => ({
          href: addressOf(base, { ...query, sort }),
          text,
          here: sort === query.sort,
        }))}
      />
      <div id="list" data-live="inbox" hx-get={frame.self} hx-trigger="live" hx-select="#list" hx-swap="outerHTML">
        {list.lines.length === 0 ? <p class="panel">{words.none}</p> : null}
        <ul class="rows panel">
          {list.lines.map((line) => (
            <li data-entry>
              <div>
                <a class="row-title" href={`${base}/console/inbox/${line.id}`} dir="auto">
                  {nameOf(line, words.personal)}
                </a>
                <p>
                  {words.asked(line.gaps)} · {words.week(line.week, line.weekBefore)} · {Object.keys(line.langs).join(", ")} ·{" "}
                  {Object.keys(line.kinds)
                    .map((kind) => words.kindNames[kind] ?? kind)
                    .join(", ")}
                  {line.nearest === undefined ? "" : ` · ${words.nearest}: ${line.nearest.id} (${percent(line.nearest.score)})`}
                </p>
              </div>
            </li>
          ))}
        </ul>
      </div>
      {list.singles > 0 && !query.singles ? (
        <p>
          {words.singles(list.singles)}. <a href={addressOf(base, { ...query, singles: true })}>{words.withSingles}</a>
        </p>
      ) : null}
      <p class="actions">
        {list.page > 1 ? <a href={addressOf(base, query, list.page - 1)}>{words.newer}</a> : null}
        <span>{words.page(list.page, list.pages)}</span>
        {list.page < list.pages ? <a href={addressOf(base, query, list.page + 1)}>{words.older}</a> : null}
      </p>
    </ConsolePage>
  );
};
