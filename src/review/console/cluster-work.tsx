import type { Child, FC } from "hono/jsx";
import { type ClusterState, canBecome } from "../../core/clusters.ts";
import { languages } from "../../core/languages.ts";
import { ForwardForm, type Forwarding } from "./forward.tsx";
import type { Cluster, InboxChoice } from "./inbox-shapes.ts";
import { inboxWords } from "./inbox-words.ts";
import { mayDo } from "./operate.tsx";
import type { Visit } from "./visit.tsx";

/** What can be chosen in the forms below a cluster. */
export interface ClusterChoices {
  readonly needs: readonly InboxChoice[];
  readonly intents: readonly InboxChoice[];
  /** Articles that are published. */
  readonly articles: readonly InboxChoice[];
}

interface WorkProps extends ClusterChoices {
  readonly frame: Visit["frame"];
  readonly cluster: Cluster;
  /** How many of those who asked want to be told. */
  readonly waiting: number;
  readonly forwarding: Forwarding;
}

interface ActionFormProps {
  readonly path: string;
  readonly label: string;
  readonly actionKey?: string;
  readonly children?: Child;
}

const ActionForm: FC<ActionFormProps> = ({ path, label, actionKey, children }) => (
  <form method="post" action={path} class="form">
    {children}
    <button type="submit" class="quiet" {...(actionKey === undefined ? {} : { "data-key": actionKey })}>
      {label}
    </button>
  </form>
);

const Options: FC<{ readonly choices: readonly InboxChoice[]; readonly prefix?: string }> = ({ choices, prefix = "" }) => (
  <>
    {choices.map(({ id, label }) => (
      <option value={`${prefix}${id}`}>{label}</option>
    ))}
  </>
);

const AnswerForm: FC<Pick<WorkProps, "frame" | "articles"> & { readonly path: string }> = ({ frame, articles, path }) => {
  const words = inboxWords[frame.lang];
  return (
    <ActionForm path={`${path}/answer`} label={words.send}>
      <h3>{words.answer}</h3>
      <p class="hint">{words.answerHint}</p>
      <label for="article">{words.article}</label>
      <select id="article" name="article">
        <Options choices={articles} />
      </select>
    </ActionForm>
  );
};

const TeachForm: FC<Pick<WorkProps, "frame" | "cluster" | "needs" | "intents"> & { readonly path: string }> = (props) => {
  const { frame, cluster, needs, intents, path } = props;
  const words = inboxWords[frame.lang];
  return (
    <ActionForm path={`${path}/teach`} label={words.teachButton}>
      <h3>{words.teach}</h3>
      <p class="hint">{words.teachHint}</p>
      <label for="sentence">{words.sentence}</label>
      <input id="sentence" name="sentence" maxlength={300} required dir="auto" value={cluster.example} />
      <label for="meaning">{words.meaning}</label>
      <select id="meaning" name="meaning">
        <optgroup label={words.need}>
          <Options choices={needs} prefix="need:" />
          <option value="need:">{words.noNeed}</option>
        </optgroup>
        <optgroup label={words.intent}>
          <Options choices={intents} prefix="intent:" />
        </optgroup>
      </select>
    </ActionForm>
  );
};

const WordForm: FC<Pick<WorkProps, "frame" | "needs"> & { readonly path: string }> = ({ frame, needs, path }) => {
  const words = inboxWords[frame.lang];
  const names = new Intl.DisplayNames([frame.lang], { type: "language" });
  return (
    <ActionForm path={`${path}/word`} label={words.addWord}>
      <h3>{words.wordTitle}</h3>
      <p class="hint">{words.wordHint}</p>
      <label for="word">{words.word}</label>
      <input id="word" name="word" maxlength={40} required dir="auto" />
      <label for="word-lang">{words.language}</label>
      <select id="word-lang" name="lang">
        <Options choices={languages.map((id) => ({ id, label: names.of(id) ?? id }))} />
      </select>
      <label for="word-need">{words.need}</label>
      <select id="word-need" name="need">
        <Options choices={needs} />
      </select>
    </ActionForm>
  );
};

/** What can be done with a cluster by somebody who writes. */
export const ClusterWork: FC<WorkProps> = ({ frame, cluster, needs, intents, articles, waiting, forwarding }) => {
  const words = inboxWords[frame.lang];
  const path = `${frame.base}/console/inbox/${cluster.id}`;
  const can = (to: ClusterState) => canBecome(cluster.state, to);
  return (
    <section>
      <h2>{words.actions}</h2>
      <p>{words.waiting(waiting)}</p>
      <p>
        <a class="button-like" href={`${frame.base}/console/articles/new?cluster=${cluster.id}`} data-key="reply">
          {words.write}
        </a>{" "}
        <a class="button-like quiet" href={`${path}/offers`}>
          {words.linkOffer}
        </a>
      </p>
      {mayDo("publish", frame.staff) && articles.length > 0 ? <AnswerForm frame={frame} articles={articles} path={path} /> : null}
      <TeachForm {...{ frame, cluster, needs, intents, path }} />
      <WordForm {...{ frame, needs, path }} />
      <ActionForm path={`${path}/title`} label={words.save}>
        <label for="title">{words.titleField}</label>
        <input id="title" name="title" maxlength={120} required dir="auto" value={cluster.title} />
      </ActionForm>
      <ActionForm path={`${path}/note`} label={words.addNote}>
        <label for="note">{words.note}</label>
        <textarea id="note" name="note" rows={2} maxlength={2000} required dir="auto" data-key="note" />
      </ActionForm>
      <ActionForm path={`${path}/merge`} label={words.merge}>
        <label for="with">{words.mergeWith}</label>
        <input id="with" name="with" inputmode="numeric" pattern="[0-9]+" required />
      </ActionForm>
      <ForwardForm frame={frame} cluster={cluster} forwarding={forwarding} />
      <div class="actions">
        <ActionForm path={`${path}/assign`} label={cluster.assignee === undefined ? words.mine : words.nobody} />
        {can("ignored") ? <ActionForm path={`${path}/ignore`} label={words.ignore} actionKey="done" /> : null}
        {can("no-offer") ? <ActionForm path={`${path}/no-offer`} label={words.noOffer} /> : null}
        {can("new") ? <ActionForm path={`${path}/restore`} label={words.restore} /> : null}
      </div>
    </section>
  );
};
