import type { FC } from "hono/jsx";
import { z } from "zod";
import { languages } from "../../core/languages.ts";
import type { Accounts } from "../../core/people.ts";
import { formatMoment } from "../format.ts";
import { Done, ErrorSummary } from "../page.tsx";
import { act, asking, doneIn, formOf, may, mayDo, nameOfAccount, numberIn, type Operate, withConflicts } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import type { ConsoleSection } from "./routes.ts";
import { talksWords } from "./talks-words.ts";
import { goTo, refuse, show, type Visit } from "./visit.tsx";
import { consoleWords } from "./words.ts";

type Frame = Visit["frame"];

const longestReply = 2000;
const moment = z.coerce.date();

const Talk = z.object({
  id: z.number(),
  state: z.string(),
  lang: z.enum(languages),
  asked: moment,
  by: z.string().nullable(),
  messages: z.number(),
});

const Message = z.object({
  at: moment,
  writer: z.string(),
  text: z.string().nullable(),
  crisis: z.boolean(),
});

type Talk = z.output<typeof Talk>;
type Message = z.output<typeof Message>;
type Names = ReadonlyMap<string, string>;

const languageName = (code: string, lang: string) => new Intl.DisplayNames([lang], { type: "language" }).of(code) ?? code;

/** Who has a talk, as far as somebody has it. */
const Holder: FC<{ readonly frame: Frame; readonly talk: Talk; readonly names: Names }> = ({ frame, talk: { state, by }, names }) => {
  const texts = talksWords[frame.lang];
  if (state !== "with-human" || by === null) return null;
  if (by === nameOfAccount(frame.staff)) return <> ({texts.mine})</>;
  const name = names.get(by);
  return name === undefined ? (
    <> ({texts.others})</>
  ) : (
    <>
      {" "}
      (<bdi>{name}</bdi>)
    </>
  );
};

interface ListProps {
  readonly frame: Frame;
  readonly talks: readonly Talk[];
  readonly names: Names;
  readonly all: boolean;
  readonly done: string | undefined;
}

const TalksPage: FC<ListProps> = ({ frame, talks, names, all, done }) => {
  const { lang, base, self } = frame;
  const texts = talksWords[lang];
  return (
    <ConsolePage {...frame} title={texts.title}>
      <h1>{texts.title}</h1>
      <Done text={done} />
      <p>{texts.lead}</p>
      <div id="list" data-live="talks" hx-get={self} hx-trigger="live" hx-select="#list" hx-swap="outerHTML">
        {talks.length === 0 ? (
          <p class="panel">{texts.none}</p>
        ) : (
          <ul class="rows panel">
            {talks.map((talk) => (
              <li data-entry>
                <div>
                  <a class="row-title" href={`${base}/console/talks/${talk.id}`}>
                    {texts.one(talk.id)}
                  </a>
                  <p>
                    {texts.states[talk.state] ?? talk.state}
                    <Holder {...{ frame, talk, names }} /> · {texts.waitsSince} {formatMoment(talk.asked, lang)} ·{" "}
                    {languageName(talk.lang, lang)} · {talk.messages} {texts.messages}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
      <p>
        <a href={`${base}/console/talks${all ? "" : "?all=1"}`}>{all ? texts.open : texts.all}</a>
      </p>
    </ConsolePage>
  );
};

const Messages: FC<{ readonly frame: Frame; readonly messages: readonly Message[] }> = ({ frame: { lang, self }, messages }) => {
  const texts = talksWords[lang];
  return (
    <ol class="letters" id="list" data-live="talks" hx-get={self} hx-trigger="live" hx-select="#list" hx-swap="outerHTML">
      {messages.map(({ at, writer, text, crisis }) => (
        <li class={writer === "human" ? "letter mine" : "letter"}>
          <p class="who-when">
            {texts.writers[writer] ?? writer}, {formatMoment(at, lang)}
          </p>
          {crisis ? <p>{texts.crisis}</p> : null}
          {text === null ? crisis ? null : <p>{texts.hidden}</p> : <p dir="auto">{text}</p>}
        </li>
      ))}
    </ol>
  );
};

const ReplyForm: FC<{ readonly frame: Frame; readonly id: number; readonly draft: string }> = ({ frame: { lang, base }, id, draft }) => {
  const texts = talksWords[lang];
  return (
    <section>
      <form method="post" action={`${base}/console/talks/${id}/say`} class="panel">
        <p class="field">
          <label for="text">{texts.reply}</label>
          <span class="hint" id="text-hint">
            {texts.replyHint}
          </span>
          <textarea id="text" name="text" rows={4} maxlength={longestReply} aria-describedby="text-hint" dir="auto" data-key="reply">
            {draft}
          </textarea>
        </p>
        <button type="submit">{texts.send}</button>
      </form>
      <details>
        <summary>{texts.canned}</summary>
        <ul class="canned">
          {texts.cannedTexts.map((text, index) => (
            <li>
              <a href={`${base}/console/talks/${id}?text=${index}#text`}>{text}</a>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
};

const Action: FC<{ readonly path: string; readonly label: string; readonly actionKey?: string }> = ({ path, label, actionKey }) => (
  <form method="post" action={path} class="inline">
    <button type="submit" {...(actionKey === undefined ? {} : { "data-key": actionKey })}>
      {label}
    </button>
  </form>
);

interface TalkProps {
  readonly frame: Frame;
  readonly talk: Talk;
  readonly names: Names;
  readonly messages: readonly Message[];
  readonly draft: string;
  readonly done: string | undefined;
  readonly fault: string | undefined;
}

const TalkPage: FC<TalkProps> = ({ frame, talk, names, messages, draft, done, fault }) => {
  const { lang, base, staff } = frame;
  const texts = talksWords[lang];
  const path = `${base}/console/talks/${talk.id}`;
  const isOpen = mayDo("write", staff) && talk.state !== "closed";
  return (
    <ConsolePage {...frame} title={texts.one(talk.id)}>
      <h1>{texts.one(talk.id)}</h1>
      <Done text={done} />
      <ErrorSummary title={consoleWords[lang].errorsTitle} errors={fault === undefined ? [] : [{ id: "text", text: fault }]} />
      <p>
        {texts.states[talk.state] ?? talk.state}
        <Holder {...{ frame, talk, names }} /> · {texts.languageOf}: {languageName(talk.lang, lang)}
      </p>
      <Messages frame={frame} messages={messages} />
      {isOpen ? (
        <div class="actions">
          {talk.state === "waiting" ? (
            <Action path={`${path}/take`} label={texts.take} />
          ) : (
            <Action path={`${path}/release`} label={texts.release} actionKey="snooze" />
          )}
          <Action path={`${path}/close`} label={texts.close} actionKey="done" />
        </div>
      ) : null}
      {isOpen && (talk.by === null || talk.by === nameOfAccount(staff)) ? <ReplyForm frame={frame} id={talk.id} draft={draft} /> : null}
    </ConsolePage>
  );
};

/** Talks with people who want somebody of the city. */
export function talksSection({
  operate,
  accounts,
}: {
  readonly operate: Operate;
  readonly accounts: Pick<Accounts, "list">;
}): ConsoleSection {
  const ask = asking(operate);
  const readTalks = async (all: boolean) => z.array(Talk).parse(await ask("staff.handovers.list", { all }));
  const readNames = async (): Promise<Names> => new Map((await accounts.list()).map(({ id, name }) => [String(id), name]));

  async function showList(visit: Visit): Promise<Response> {
    const all = visit.c.req.query("all") !== undefined;
    const done = doneIn(visit, talksWords[visit.frame.lang].done);
    const [talks, names] = await Promise.all([readTalks(all), readNames()]);
    return await show(visit, <TalksPage {...{ frame: visit.frame, talks, names, all, done }} />);
  }

  async function showTalk(visit: Visit, fault?: string, typed?: string): Promise<Response> {
    const id = numberIn(visit);
    const talk = (await readTalks(true)).find((each) => each.id === id);
    if (talk === undefined) return await refuse(visit, "not-found");
    await visit.record("talk.view", `talk:${id}`);
    const [shown, names] = await Promise.all([ask("staff.handovers.show", { id }), readNames()]);
    const texts = talksWords[visit.frame.lang];
    const draft = typed ?? texts.cannedTexts[Number(visit.c.req.query("text") ?? "NaN")] ?? "";
    const props = { frame: visit.frame, talk, names, messages: z.array(Message).parse(shown), draft, fault };
    return await show(visit, <TalkPage {...props} done={doneIn(visit, texts.done)} />, fault === undefined ? 200 : 400);
  }

  const doing = (name: "take" | "release" | "close", done: string) => async (visit: Visit) => {
    const id = numberIn(visit);
    await act(operate, visit, `staff.handovers.${name}`, `talk:${id}`, { id });
    return goTo(visit, `/console/talks${name === "take" ? `/${id}` : ""}?done=${done}`);
  };

  async function say(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const typed = ((await formOf(visit))["text"] ?? "").replaceAll("\r\n", "\n");
    const text = typed.trim();
    const texts = talksWords[visit.frame.lang];
    if (text === "") return await showTalk(visit, texts.empty);
    if (text.length > longestReply) return await showTalk(visit, consoleWords[visit.frame.lang].refused["too-large"].title, typed);
    const said = z.object({ delivered: z.boolean() }).parse(await act(operate, visit, "staff.handovers.say", `talk:${id}`, { id, text }));
    return said.delivered ? goTo(visit, `/console/talks/${id}?done=sent`) : await showTalk(visit, texts.unreachable);
  }

  return {
    ...{ name: "talks", path: "/console/talks", roles: may.read },
    count: async () => (await readTalks(false)).filter(({ state }) => state === "waiting").length,
    routes: withConflicts([
      ["GET", "/console/talks", may.read, showList],
      ["GET", "/console/talks/:id", may.read, (visit) => showTalk(visit)],
      ["POST", "/console/talks/:id/take", may.write, doing("take", "taken")],
      ["POST", "/console/talks/:id/release", may.write, doing("release", "released")],
      ["POST", "/console/talks/:id/close", may.write, doing("close", "closed")],
      ["POST", "/console/talks/:id/say", may.write, say],
    ]),
  };
}
