import type { ShownActivity, ShownReply } from "./activities.ts";
import type { DirectLineClient, Outgoing, Session } from "./direct-line.ts";
import type { Interim, Live, LiveEvents } from "./live.ts";
import type { Memory } from "./memory.ts";
import { createPending } from "./pending.ts";
import { pollDelayMs } from "./poll-delay.ts";

/** Fetch a new token when the old one lives for less than this. */
const refreshBeforeMs = 10 * 60_000;

/** What the talk shows and tells; the page does it with elements, tests with a list. */
export interface ChatView {
  showOwn(message: Outgoing): void;
  setFailed(id: string, failed: boolean): void;
  showReply(reply: ShownReply): void;
  /** Shows an answer under way, without telling screen readers, until a reply is shown or none is waited for. */
  showInterim(interim: Interim): void;
  setWaiting(waiting: boolean): void;
  /** Tells finished answers to screen readers, each once. */
  announce(replies: readonly ShownReply[]): void;
}

export interface ChatDeps {
  readonly client: DirectLineClient;
  readonly memory: Memory;
  readonly view: ChatView;
  readonly now: () => number;
  readonly isHidden: () => boolean;
  /** Shows answers while they are worded; absent where the server has none to show so. */
  readonly openLive?: ((events: LiveEvents) => Live) | undefined;
}

export interface Chat {
  /** Shows what this tab remembers and goes on listening. */
  resume(): Promise<void>;
  /** Shows the message at once and sends it; also sends a failed one again, under its old id. */
  send(message: Outgoing): Promise<void>;
  /** Looks for answers now, for example when the tab comes to the front. */
  look(): Promise<void>;
}

/** One talk in one tab: messages leave in order, a failed one is kept until it is sent, the conversation starts with the first message. */
export function createChat({ client, memory, view, now, isHidden, openLive }: ChatDeps): Chat {
  const shown = new Set<string>();
  const labels = new Map<string, string>();
  const pending = createPending();
  let session: Session | undefined = memory.load().session;
  /** History that a reload brings back was read aloud before. */
  let restoring = session !== undefined;
  let watermark = "0";
  let sending = 0;
  let quiet = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<void> | undefined;
  let queue: Promise<void> = Promise.resolve();

  const isWaiting = () => sending > 0 || !pending.isEmpty();
  const dropUnsent = (id: string) => memory.save({ unsent: memory.load().unsent.filter((message) => message.id !== id) });
  const keepUnsent = (message: Outgoing) =>
    memory.save({ unsent: [...memory.load().unsent.filter(({ id }) => id !== message.id), message] });

  const live = openLive?.({
    interim: (interim) => {
      if (isWaiting() && !pending.isAnswered(interim.inReplyTo)) view.showInterim(interim);
    },
    news: () => void look(),
  });

  function setSession(next: Session | undefined): void {
    session = next;
    memory.save({ session: next });
  }

  function fail(message: Outgoing): void {
    keepUnsent(message);
    view.setFailed(message.id, true);
  }

  /** The server no longer knows the talk: what it owes an answer can be sent again, into a new one. */
  function forgetSession(): void {
    setSession(undefined);
    live?.close();
    watermark = "0";
    restoring = false;
    pending.takeAll().forEach(fail);
    view.setWaiting(isWaiting());
  }

  function showEcho(activity: Extract<ShownActivity, { kind: "own" }>): void {
    const id = activity.clientId ?? activity.id;
    dropUnsent(id);
    if (shown.has(id)) {
      view.setFailed(id, false);
      return;
    }
    shown.add(id);
    pending.echoed(activity.id);
    const label = activity.pressed ? (labels.get(activity.text) ?? "") : activity.text;
    if (label !== "") view.showOwn({ id, label });
  }

  function showReply(activity: Extract<ShownActivity, { kind: "reply" }>): void {
    shown.add(activity.id);
    for (const { title, value } of activity.reply.buttons) labels.set(value, title);
    if (activity.inReplyTo !== undefined) pending.answered(activity.inReplyTo);
    view.showReply(activity.reply);
  }

  function showActivities(activities: readonly ShownActivity[]): void {
    const replies: ShownReply[] = [];
    for (const activity of activities) {
      if (activity.kind === "own") showEcho(activity);
      else if (activity.kind === "passed-on") pending.answered(activity.inReplyTo ?? "");
      else if (!shown.has(activity.id)) {
        showReply(activity);
        replies.push(activity.reply);
      }
    }
    view.setWaiting(isWaiting());
    if (!restoring && replies.length > 0) view.announce(replies);
    restoring = false;
  }

  async function withFreshToken(current: Session): Promise<Session> {
    if (current.expiresAt - now() > refreshBeforeMs) return current;
    const fresh = await client.refresh(current);
    if (fresh.kind !== "done") return current;
    if (session === current) setSession(fresh.value);
    return fresh.value;
  }

  async function readOnce(): Promise<void> {
    if (session === undefined) return;
    const current = await withFreshToken(session);
    const page = await client.read(current, watermark);
    if (session?.conversationId !== current.conversationId) return;
    failures = page.kind === "failed" ? failures + 1 : 0;
    if (page.kind === "gone") return forgetSession();
    if (page.kind === "failed") return;
    quiet = page.value.activities.length > 0 ? 0 : quiet + 1;
    watermark = page.value.watermark;
    showActivities(page.value.activities);
  }

  function schedule(): void {
    clearTimeout(timer);
    if (session === undefined) return;
    timer = setTimeout(look, pollDelayMs({ waiting: isWaiting(), hidden: isHidden(), quiet, failures }));
  }

  function look(): Promise<void> {
    clearTimeout(timer);
    looking ??= readOnce().finally(() => {
      looking = undefined;
      schedule();
    });
    return looking;
  }

  async function post(message: Outgoing): Promise<"done" | "gone" | "failed"> {
    if (session === undefined) {
      const started = await client.start();
      if (started.kind !== "done") return "failed";
      setSession(started.value);
    }
    if (session === undefined) return "failed";
    live?.listen(session, watermark);
    const posted = await client.post(session, message);
    if (posted.kind === "done") pending.posted(posted.value, message);
    return posted.kind;
  }

  async function deliver(message: Outgoing): Promise<void> {
    let outcome = await post(message);
    if (outcome === "gone") {
      forgetSession();
      outcome = await post(message);
    }
    sending -= 1;
    view.setWaiting(isWaiting());
    if (outcome === "done") dropUnsent(message.id);
    else fail(message);
    quiet = 0;
    schedule();
  }

  return {
    resume: async () => {
      await look();
      for (const message of memory.load().unsent.filter(({ id }) => !shown.has(id))) {
        shown.add(message.id);
        view.showOwn(message);
        view.setFailed(message.id, true);
      }
    },
    send: (message) => {
      keepUnsent(message);
      if (shown.has(message.id)) view.setFailed(message.id, false);
      else view.showOwn(message);
      shown.add(message.id);
      sending += 1;
      view.setWaiting(true);
      queue = queue.then(() => deliver(message));
      return queue;
    },
    look,
  };
}
