import type { FC } from "hono/jsx";
import { z } from "zod";
import { canBecome } from "../../core/clusters.ts";
import { formatMoment } from "../format.ts";
import { forwardWords } from "./forward-words.ts";
import { type Cluster, nameOf } from "./inbox-shapes.ts";
import { inboxWords } from "./inbox-words.ts";
import { mayDo } from "./operate.tsx";
import type { Visit } from "./visit.tsx";

type Frame = Visit["frame"];

/** Questions that a prepared mail holds: browsers and mail programmes cut long addresses. */
const mostInMail = 10;
const longestInMail = 150;

/** Forwardings of a cluster as their operation lists them. */
export const Forwards = z.array(
  z.object({
    ...{ id: z.string(), state: z.string(), attempts: z.number(), by: z.string(), note: z.string().nullable() },
    ...{ at: z.coerce.date(), nextAt: z.coerce.date(), sentAt: z.coerce.date().nullable(), fault: z.string().nullable() },
  }),
);

/** Where forwarded questions go. */
export interface Forwarding {
  /** True where another system takes them. */
  readonly sends: boolean;
  /** The office that a mail is prepared for. */
  readonly mailTo: string | undefined;
}

/** The address of a mail with what was asked, which the person's own mail programme opens. */
function mailAddress(to: string, cluster: Cluster, { lang, base }: Frame): string {
  const words = forwardWords[lang];
  const questions = cluster.questions.flatMap(({ text }) => (text === undefined ? [] : [`- ${text.slice(0, longestInMail)}`]));
  const lines = [words.mailAsked(cluster.gaps), "", ...questions.slice(0, mostInMail), "", `${base}/console/inbox/${cluster.id}`];
  const subject = words.mailSubject(cluster.id, nameOf(cluster, inboxWords[lang].personal));
  return `mailto:${encodeURIComponent(to).replace("%40", "@")}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines.join("\r\n"))}`;
}

interface FormProps {
  readonly frame: Frame;
  readonly cluster: Cluster;
  readonly forwarding: Forwarding;
}

/** Hands a cluster to others: to their system, by mail, or by marking it. */
export const ForwardForm: FC<FormProps> = ({ frame, cluster, forwarding: { sends, mailTo } }) => {
  const words = forwardWords[frame.lang];
  if (!canBecome(cluster.state, "forwarded")) return null;
  return (
    <form method="post" action={`${frame.base}/console/inbox/${cluster.id}/forward`} class="form">
      <h3>{words.title}</h3>
      <p class="hint">{sends ? words.sends : words.marks}</p>
      {mailTo === undefined ? null : (
        <p>
          <a href={mailAddress(mailTo, cluster, frame)}>{words.mail}</a>
        </p>
      )}
      <label for="forward-note">{words.note}</label>
      <textarea id="forward-note" name="note" rows={2} maxlength={2000} dir="auto" />
      <button type="submit" class="quiet" data-key="snooze">
        {words.button}
      </button>
    </form>
  );
};

interface ListProps {
  readonly frame: Frame;
  readonly cluster: Cluster;
  readonly forwards: z.output<typeof Forwards>;
  readonly names: ReadonlyMap<string, string>;
}

/** What was sent to another system, and whether it arrived there. */
export const ForwardList: FC<ListProps> = ({ frame, cluster, forwards, names }) => {
  const { lang, base } = frame;
  const words = forwardWords[lang];
  if (forwards.length === 0) return null;
  return (
    <section>
      <h2>{words.list}</h2>
      <ul class="rows panel">
        {forwards.map(({ id, state, attempts, by, note, at, nextAt, sentAt, fault }) => (
          <li>
            <div>
              <p>
                {formatMoment(at, lang)}, <bdi>{names.get(by) ?? by}</bdi>: <strong>{words.states[state] ?? state}</strong>
                {sentAt === null ? "" : ` (${formatMoment(sentAt, lang)})`}
                {state === "waiting" && attempts > 0 ? ` · ${words.attempts(attempts)} · ${words.next(formatMoment(nextAt, lang))}` : ""}
              </p>
              {fault === null ? null : <p>{words.faults[fault] ?? words.refused(fault)}</p>}
              {note === null ? null : <p dir="auto">{note}</p>}
            </div>
            {state === "failed" && mayDo("write", frame.staff) ? (
              <form method="post" action={`${base}/console/inbox/${cluster.id}/forward-again`} class="inline">
                <input type="hidden" name="forward" value={id} />
                <button type="submit" class="quiet">
                  {words.again}
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
};
