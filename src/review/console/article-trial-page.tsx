import type { FC } from "hono/jsx";
import { z } from "zod";
import { formatMoment } from "../format.ts";
import { trialWords } from "./article-trial-words.ts";
import type { TrialRun } from "./article-trials.ts";
import { mayDo } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import type { Visit } from "./visit.tsx";

type Frame = Visit["frame"];

const Answer = z.object({ kind: z.string(), first: z.string().optional() });
const verdicts = ["worse", "unknown", "better"] as const;

/** What the last trial of a version found, as its operation gives it. */
export const TriedArticle = z.object({
  ...{ version: z.number(), questions: z.number(), better: z.number(), worse: z.number(), unknown: z.number(), at: z.coerce.date() },
  changed: z.array(z.object({ text: z.string().optional(), before: Answer, after: Answer, verdict: z.enum(verdicts) })),
});

export type TriedArticle = z.output<typeof TriedArticle>;

interface TrialPageProps {
  readonly frame: Frame;
  readonly id: number;
  readonly run: TrialRun | undefined;
  readonly tried: TriedArticle | undefined;
  /** Titles of offers by their ids. */
  readonly titles: ReadonlyMap<string, string>;
}

const AnswerCell: FC<Pick<TrialPageProps, "frame" | "titles"> & { readonly answer: z.output<typeof Answer> }> = ({
  frame: { lang, base },
  titles,
  answer: { kind, first },
}) => {
  const texts = trialWords[lang];
  const article = /^article:(\d+)$/.exec(first ?? "")?.[1];
  return (
    <td>
      {texts.kinds[kind] ?? kind}
      {article === undefined ? null : (
        <>
          : <a href={`${base}/console/articles/${article}`}>{texts.article(article)}</a>
        </>
      )}
      {article === undefined && first !== undefined ? (
        <>
          : <bdi>{titles.get(first) ?? first}</bdi>
        </>
      ) : null}
    </td>
  );
};

const Changes: FC<Pick<TrialPageProps, "frame" | "titles"> & { readonly tried: TriedArticle }> = ({ frame, titles, tried }) => {
  const texts = trialWords[frame.lang];
  const sorted = verdicts.flatMap((verdict) => tried.changed.filter((change) => change.verdict === verdict));
  if (sorted.length === 0) return <p>{texts.unchanged}</p>;
  return (
    // The frame scrolls by itself, so the keyboard has to reach it.
    <section class="table-frame" tabindex={0} aria-label={texts.changes}>
      <table>
        <thead>
          <tr>
            {[texts.verdict, texts.question, texts.before, texts.after].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ text, before, after, verdict }) => (
            <tr>
              <td>{texts.verdicts[verdict]}</td>
              <td dir="auto">{text ?? <i>{texts.gone}</i>}</td>
              <AnswerCell {...{ frame, titles, answer: before }} />
              <AnswerCell {...{ frame, titles, answer: after }} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Found: FC<TrialPageProps> = ({ frame, run, tried, titles }) => {
  const texts = trialWords[frame.lang];
  if (run?.state === "failed")
    return (
      <div class="error-summary">
        <h2>{texts.failed}</h2>
        <p lang="en" dir="auto">
          {run.reason}
        </p>
      </div>
    );
  if (tried === undefined) return <p>{texts.none}</p>;
  return (
    <section class="panel">
      <h2>{texts.ended(formatMoment(tried.at, frame.lang))}</h2>
      <p>{texts.figures(tried.better, tried.worse, tried.unknown, tried.questions)}</p>
      {tried.worse > 0 ? <p>{texts.needsReason}</p> : null}
      <Changes {...{ frame, titles, tried }} />
    </section>
  );
};

/** Which answers an article changes. While the trial runs, the page looks again by itself where scripts run. */
export const TrialPage: FC<TrialPageProps> = (props) => {
  const { frame, id, run, tried } = props;
  const texts = trialWords[frame.lang];
  const path = `${frame.base}/console/articles/${id}`;
  const running = run?.state === "running";
  const looking = { "hx-get": `${path}/trial`, "hx-trigger": "every 2s", "hx-select": "#trial", "hx-swap": "outerHTML" };
  return (
    <ConsolePage {...frame} title={texts.title(id)}>
      <h1>{texts.title(id)}</h1>
      <p>{texts.lead}</p>
      <p>
        <a href={path}>{texts.back}</a>
      </p>
      <div id="trial" role="status" {...(running ? { ...looking, "hx-headers": '{"X-Quiet":"1"}' } : {})}>
        {running ? (
          <p class="panel">
            {texts.running} <a href={`${path}/trial`}>{texts.reload}</a>
          </p>
        ) : (
          <Found {...props} />
        )}
        {running || !mayDo("write", frame.staff) ? null : (
          <form method="post" action={`${path}/trial`} class="inline">
            <button type="submit" class={tried === undefined ? "" : "quiet"}>
              {tried === undefined ? texts.begin : texts.again}
            </button>
          </form>
        )}
      </div>
    </ConsolePage>
  );
};
