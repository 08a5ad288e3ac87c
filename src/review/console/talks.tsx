import type { FC } from "hono/jsx";
import { z } from "zod";
import { languages } from "../../core/languages.ts";
import { formatMoment } from "../format.ts";
import { Fault } from "./page.tsx";
import { act, type ConsoleParts, type ConsoleRoute, formOf, goOn, may, refuse, type StaffVisit, show } from "./visit.tsx";

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

const languageName = (code: string, lang: string) => new Intl.DisplayNames([lang], { type: "language" }).of(code) ?? code;

const holderOf = ({ by, state }: Talk, { words, member }: StaffVisit) =>
  state !== "with-human" || by === null ? "" : ` (${by === member.account ? words.talks.mine : words.talks.others})`;

const TalkList: FC<{ readonly visit: StaffVisit; readonly talks: readonly Talk[]; readonly all: boolean }> = ({ visit, talks, all }) => {
  const { words, frame, lang } = visit;
  const texts = words.talks;
  return (
    <>
      <p>{texts.lead}</p>
      <div id="live" hx-get={frame.self} hx-select="#live" hx-swap="outerHTML" hx-trigger="console-changed from:body">
        {talks.length === 0 ? <p class="panel">{texts.none}</p> : null}
        <ul class="rows panel">
          {talks.map((talk) => (
            <li data-row>
              <div>
                <a class="row-title" href={`${frame.base}/console/talks/${talk.id}`}>
                  {texts.one(talk.id)}
                </a>
                <p>
                  {texts.states[talk.state] ?? talk.state}
                  {holderOf(talk, visit)} · {texts.waitsSince} {formatMoment(talk.asked, lang)} · {languageName(talk.lang, lang)} ·{" "}
                  {talk.messages} {texts.messages}
                </p>
              </div>
            </li>
          ))}
        </ul>
      </div>
      <p>
        <a href={`${frame.base}/console/talks${all ? "" : "?all=1"}`}>{all ? texts.open : texts.all}</a>
      </p>
    </>
  );
};

const Messages: FC<{ readonly visit: StaffVisit; readonly messages: readonly z.output<typeof Message>[] }> = ({
  visit: { words, lang, frame },
  messages,
}) => (
  <ol
    class="letters"
    id="live"
    hx-get={frame.self}
    hx-select="#live"
    hx-swap="outerHTML"
    hx-trigger="console-changed from:body"
    aria-live="polite"
  >
    {messages.map(({ at, writer, text, crisis }) => (
      <li class={writer === "human" ? "letter mine" : "letter"}>
        <p class="who-when">
          {words.talks.writers[writer] ?? writer}, {formatMoment(at, lang)}
        </p>
        {crisis ? <p>{words.talks.crisis}</p> : null}
        {text === null ? crisis ? null : <p>{words.talks.hidden}</p> : <p dir="auto">{text}</p>}
      </li>
    ))}
  </ol>
);

const ReplyForm: FC<{ readonly visit: StaffVisit; readonly id: number; readonly draft: string }> = ({
  visit: { words, frame },
  id,
  draft,
}) => {
  const texts = words.talks;
  return (
    <section>
      <form method="post" action={`${frame.base}/console/talks/${id}/say`} class="panel">
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
              <a href={`${frame.base}/console/talks/${id}?text=${index}#text`}>{text}</a>
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

const TalkBody: FC<{
  readonly visit: StaffVisit;
  readonly talk: Talk;
  readonly messages: readonly z.output<typeof Message>[];
  readonly draft: string;
  readonly fault: string | undefined;
}> = ({ visit, talk, messages, draft, fault }) => {
  const { words, frame, lang, member } = visit;
  const path = `${frame.base}/console/talks/${talk.id}`;
  const mayWrite = may.write.some((role) => role === member.role);
  const isOpen = mayWrite && talk.state !== "closed";
  return (
    <>
      <Fault text={fault} />
      <p>
        {words.talks.states[talk.state] ?? talk.state}
        {holderOf(talk, visit)} · {words.talks.languageOf}: {languageName(talk.lang, lang)}
      </p>
      <Messages visit={visit} messages={messages} />
      {isOpen ? (
        <div class="actions">
          {talk.state === "waiting" ? (
            <Action path={`${path}/take`} label={words.talks.take} />
          ) : (
            <Action path={`${path}/release`} label={words.talks.release} actionKey="later" />
          )}
          <Action path={`${path}/close`} label={words.talks.close} actionKey="done" />
        </div>
      ) : null}
      {isOpen && (talk.by === null || talk.by === member.account) ? <ReplyForm visit={visit} id={talk.id} draft={draft} /> : null}
    </>
  );
};

/** Talks with people who want somebody of the city. */
export function talkRoutes(parts: ConsoleParts): readonly ConsoleRoute[] {
  const { operate, record } = parts;
  const readTalks = async (all: boolean) => z.array(Talk).parse(await operate("staff.handovers.list", { all }));

  async function showList(visit: StaffVisit): Promise<Response> {
    const all = visit.c.req.query("all") !== undefined;
    return await show(visit, visit.words.talks.title, <TalkList visit={visit} talks={await readTalks(all)} all={all} />);
  }

  async function showTalk(visit: StaffVisit, fault?: string, typed?: string): Promise<Response> {
    const id = Number(visit.c.req.param("id"));
    const talk = (await readTalks(true)).find((each) => each.id === id);
    if (talk === undefined) return await refuse(visit, "not-found");
    await record({ actor: visit.member.account, action: "talks.read", subject: `handover ${id}` });
    const messages = z.array(Message).parse(await operate("staff.handovers.show", { id }));
    const canned = visit.words.talks.cannedTexts[Number(visit.c.req.query("text") ?? "NaN")];
    const body = <TalkBody {...{ visit, talk, messages, fault, draft: typed ?? canned ?? "" }} />;
    return await show(visit, visit.words.talks.one(id), body, fault === undefined ? 200 : 400);
  }

  const doing = (name: "take" | "release" | "close", done: string) => async (visit: StaffVisit) => {
    const id = Number(visit.c.req.param("id"));
    await act(parts, visit, `staff.handovers.${name}`, `handover ${id}`, { id });
    return goOn(visit, name === "take" ? `/console/talks/${id}` : "/console/talks", done);
  };

  async function say(visit: StaffVisit): Promise<Response> {
    const id = Number(visit.c.req.param("id"));
    const text = ((await formOf(visit))["text"] ?? "").trim();
    if (text === "") return await showTalk(visit, visit.words.talks.empty);
    if (text.length > longestReply) return await showTalk(visit, visit.words.refused["too-large"].text, text);
    const said = z.object({ delivered: z.boolean() }).parse(await act(parts, visit, "staff.handovers.say", `handover ${id}`, { id, text }));
    return said.delivered ? goOn(visit, `/console/talks/${id}`, "sent") : await showTalk(visit, visit.words.talks.unreachable);
  }

  const one = "/console/talks/:id{[0-9]{1,9}}";
  return [
    { method: "get", path: "/console/talks", roles: may.read, answer: showList },
    { method: "get", path: one, roles: may.read, answer: (visit) => showTalk(visit) },
    { method: "post", path: `${one}/take`, roles: may.write, answer: doing("take", "taken") },
    { method: "post", path: `${one}/release`, roles: may.write, answer: doing("release", "released") },
    { method: "post", path: `${one}/close`, roles: may.write, answer: doing("close", "closed") },
    { method: "post", path: `${one}/say`, roles: may.write, answer: say },
  ];
}
