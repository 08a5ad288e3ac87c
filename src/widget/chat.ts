import type { ShownActivity, ShownReply } from "./activities.ts";
import type { DirectLineClient, Outgoing, Session } from "./direct-line.ts";
import type { Interim, Live, LiveEvents } from "./live.ts";
import type { Memory, Remembered } from "./memory.ts";
import { createPending } from "./pending.ts";
import { pollDelayMs } from "./poll-delay.ts";

/** Fetch a new token when the old one lives for less than this. */
const refreshBeforeMs = 10 * 60_000;
/** One look that fails may be chance. */
const offlineAfter = 2;

/** What the talk shows and tells; the page does it with elements, tests with a list. */
export interface ChatView {
  showOwn(message: Outgoing): void;
  setFailed(id: string, failed: boolean): void;
  showReply(reply: ShownReply): void;
  /** Shows an answer under way, without telling screen readers, until a reply is shown or none is waited for. */
  showInterim(interim: Interim): void;
  setWaiting(waiting: boolean): void;
  /** The server cannot be reached; what is written stays here. */
  setOffline(offline: boolean): void;
  /** The server no longer knows the talk; the next message begins a new one. */
  ended(): void;
  /** A person of the city answers in place of the programme, or the programme does again. */
  setHuman(isHuman: boolean): void;
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
  /** Somebody begins to write: the conversation is begun, so that sending is quick. */
  prepare(): Promise<void>;
  /** Looks for answers now, for example when the tab comes to the front. */
  look(): Promise<void>;
  /** The network is back: looks, and sends what could not be sent. */
  reconnect(): Promise<void>;
  /** Ends all work of this talk; what the tab remembers stays. */
  stop(): void;
}

/** One talk in one tab: messages leave in order, a failed one is kept until it is sent, the conversation starts with the first message. */
export function createChat({ client, memory, view, now, isHidden, openLive }: ChatDeps): Chat {
  const shown = new Set<string>();
  const labels = new Map<string, string>();
  /** Ids of messages that the talk has shown: the server has them. */
  const arrived = new Set<string>();
  /** Ids of what failed and is not under way again. */
  const unsent = new Set<string>();
  const pending = createPending();
  let session: Session | undefined = memory.load().session;
  /** History that a reload brings back was read aloud before. */
  let restoring = session !== undefined;
  let watermark = "0";
  let sending = 0;
  let quiet = 0;
  let failures = 0;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<void> | undefined;
  let beginning: Promise<void> | undefined;
  let queue: Promise<void> = Promise.resolve();

  /** After the end nothing is written down: what was forgotten must not come back by an answer that was under way. */
  const keep = (change: Partial<Remembered>): void => {
    if (!isStopped) memory.save(change);
  };
  const isWaiting = () => sending > 0 || !pending.isEmpty();
  const dropUnsent = (id: string) => keep({ unsent: memory.load().unsent.filter((message) => message.id !== id) });
  const keepUnsent = (message: Outgoing) => keep({ unsent: [...memory.load().unsent.filter(({ id }) => id !== message.id), message] });

  const live = openLive?.({
    interim: (interim) => {
      if (isWaiting() && !pending.isAnswered(interim.inReplyTo)) view.showInterim(interim);
    },
    news: () => void look(),
  });

  function setSession(next: Session | undefined): void {
    session = next;
    keep({ session: next });
  }

  function fail(message: Outgoing): void {
    if (isStopped) return;
    keepUnsent(message);
    unsent.add(message.id);
    view.setFailed(message.id, true);
  }

  /** The server no longer knows the talk: what it owes an answer can be sent again, into a new one. */
  function forgetSession(): void {
    setSession(undefined);
    live?.close();
    watermark = "0";
    restoring = false;
    view.setHuman(false);
    view.ended();
    pending.takeAll().forEach(fail);
    view.setWaiting(isWaiting());
  }

  function showEcho(activity: Extract<ShownActivity, { kind: "own" }>): void {
    const id = activity.clientId ?? activity.id;
    arrived.add(id);
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
    view.setHuman(activity.reply.writer === "human");
    view.showReply(activity.reply);
  }

  function showPassedOn({ inReplyTo = "" }: Extract<ShownActivity, { kind: "passed-on" }>): void {
    pending.answered(inReplyTo);
    view.setHuman(true);
  }

  function showActivities(activities: readonly ShownActivity[]): void {
    const replies: ShownReply[] = [];
    for (const activity of activities) {
      if (activity.kind === "own") showEcho(activity);
      else if (activity.kind === "passed-on") showPassedOn(activity);
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
    if (isStopped || session?.conversationId !== current.conversationId) return;
    failures = page.kind === "failed" ? failures + 1 : 0;
    view.setOffline(failures >= offlineAfter);
    if (page.kind === "gone") return forgetSession();
    if (page.kind === "failed") return;
    live?.listen(current, page.value.watermark);
    quiet = page.value.activities.length > 0 ? 0 : quiet + 1;
    watermark = page.value.watermark;
    showActivities(page.value.activities);
  }

  function schedule(): void {
    clearTimeout(timer);
    if (session === undefined || isStopped) return;
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

  async function begin(): Promise<void> {
    if (session !== undefined || isStopped) return;
    const started = await client.start();
    if (started.kind === "done" && !isStopped) setSession(started.value);
  }

  /** Begins the conversation where there is none, and listens. */
  async function prepare(): Promise<void> {
    beginning ??= begin().finally(() => {
      beginning = undefined;
    });
    await beginning;
    if (session !== undefined && !isStopped) live?.listen(session, watermark);
  }

  async function post(message: Outgoing): Promise<"done" | "gone" | "failed"> {
    await prepare();
    if (session === undefined || isStopped) return "failed";
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
    // Its receipt may be lost, and the talk have shown meanwhile that it arrived.
    if (outcome === "done" || arrived.has(message.id)) dropUnsent(message.id);
    else fail(message);
    quiet = 0;
    schedule();
  }

  /** What was tried and did not get through, the oldest first. */
  const failed = () => memory.load().unsent.filter(({ id }) => unsent.has(id));

  function send(message: Outgoing): Promise<void> {
    keepUnsent(message);
    unsent.delete(message.id);
    if (shown.has(message.id)) view.setFailed(message.id, false);
    else view.showOwn(message);
    shown.add(message.id);
    sending += 1;
    view.setWaiting(true);
    queue = queue.then(() => deliver(message));
    return queue;
  }

  return {
    resume: async () => {
      await look();
      for (const message of memory.load().unsent.filter(({ id }) => !shown.has(id))) {
        shown.add(message.id);
        view.showOwn(message);
        fail(message);
      }
    },
    send,
    prepare,
    look,
    reconnect: async () => {
      await look();
      for (const message of failed()) await send(message);
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      live?.close();
    },
  };
}
