import type { Logger } from "pino";
import { AppError } from "../../core/errors.ts";
import type { ShowLive, WatchedTranscript } from "../../core/message.ts";
import type { Database } from "../../database/database.ts";
import { createLiveText } from "./live-text.ts";
import { createStream, type Stream, type StreamSocket, type StreamTiming, streamTiming } from "./stream.ts";
import { createTokenStore, type Grant } from "./tokens.ts";

/** Tabs of one person; the oldest is closed when one more comes. */
const mostSocketsOfConversation = 5;

/** Codes of RFC 6455. */
const policyViolation = 1008;
const goingAway = 1001;

export interface StreamsDeps {
  readonly db: Database;
  readonly transcript: WatchedTranscript;
  readonly now?: () => Date;
  readonly log: Pick<Logger, "warn">;
  /** Tells of answers that other processes gave, at once; without it they are found by polling. Gives what ends it. */
  readonly subscribe?: ((wake: () => void) => () => void) | undefined;
  /** How often all open conversations are looked at, by one query. */
  readonly pollMs?: number;
  readonly timing?: StreamTiming;
}

/** The open WebSockets of this process. What they show is read from the transcript, so it does not matter which process answers. */
export interface Streams {
  /** Shows what is behind the watermark and what comes, until the last token of the conversation ends. Gives what to call when the socket is closed. */
  open(socket: StreamSocket, grant: Grant, watermark: number): () => void;
  /** A message of this conversation is in the inbox. */
  posted(conversationId: string, messageId: number): void;
  /** An answer to this message is stored. */
  answered(messageId: number): void;
  /** Shows an answer while it is worded, to the sockets of this process; the stored reply takes its place. */
  readonly showLive: ShowLive;
  /** Closes all sockets and stops looking; resolves when nothing is read any more. */
  close(): Promise<void>;
}

interface Entry {
  readonly stream: Stream;
  /** Milliseconds since 1970; asked anew when it has come, since clients refresh their tokens meanwhile. */
  until: number;
  /** The last id of the conversation when it was read; what is not shown leaves the watermark behind it. */
  read: number;
}

/** Starts with no socket; looks at the database only while one is open. */
export function createStreams(deps: StreamsDeps): Streams {
  const { transcript, log, pollMs = 500, timing = streamTiming } = deps;
  const now = deps.now ?? (() => new Date());
  const tokens = createTokenStore(deps.db, now);
  const open = new Map<string, Entry[]>();
  /** Messages whose answers are looked for as soon as this process has given them. */
  const expected = new Map<number, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const running = new Set<Promise<void>>();
  let sweep: Promise<void> | undefined;
  let sweepAgain = false;
  let failing = false;
  let closed = false;
  const unsubscribe = deps.subscribe?.(() => run(lookAtAll));

  /** An outage is told once, since polling meets it twice a second. */
  function report(error: unknown): void {
    if (!failing) log.warn({ code: error instanceof AppError ? error.code : "INTERNAL" }, "open chats cannot be read; trying on");
    failing = true;
  }

  function run(task: () => Promise<void>): void {
    const work = task()
      .catch(report)
      .finally(() => running.delete(work));
    running.add(work);
  }

  /** Only those that were there before the reading get it: one that comes meanwhile may want more. */
  async function look(conversationId: string, latest?: number): Promise<void> {
    const entries = [...(open.get(conversationId) ?? [])];
    if (entries.length === 0) return;
    const activities = await transcript.after(conversationId, Math.min(...entries.map(({ stream }) => stream.watermark())));
    for (const entry of entries) {
      if (latest !== undefined) entry.read = latest;
      if (open.get(conversationId)?.includes(entry)) entry.stream.deliver(activities);
    }
  }

  /** A conversation that cannot be read holds up no other. */
  async function lookForNews(): Promise<void> {
    const faults: unknown[] = [];
    for (const [conversationId, latest] of await transcript.latest([...open.keys()])) {
      const isNews = ({ stream, read }: Entry) => stream.watermark() < latest && read !== latest;
      if (open.get(conversationId)?.some(isNews)) await look(conversationId, latest).catch((fault) => faults.push(fault));
    }
    if (faults.length > 0) throw faults[0];
  }

  async function sweepUntilQuiet(): Promise<void> {
    do {
      sweepAgain = false;
      await lookForNews();
    } while (sweepAgain);
  }

  /** One reading at a time; who asks during one gets what the next one finds. */
  function lookAtAll(): Promise<void> {
    sweepAgain = sweep !== undefined;
    sweep ??= sweepUntilQuiet().finally(() => {
      sweep = undefined;
    });
    return sweep;
  }

  function drop(conversationId: string, entry: Entry): void {
    const left = (open.get(conversationId) ?? []).filter((each) => each !== entry);
    if (left.length > 0) {
      open.set(conversationId, left);
      return;
    }
    open.delete(conversationId);
    for (const [messageId, expecting] of expected) if (expecting === conversationId) expected.delete(messageId);
  }

  function end(conversationId: string, entry: Entry, code: number, reason: string): void {
    drop(conversationId, entry);
    entry.stream.socket.close(code, reason);
  }

  async function endWithoutToken(): Promise<void> {
    const at = now().getTime();
    const due = [...open].filter(([, entries]) => entries.some(({ until }) => until <= at));
    if (due.length === 0) return;
    const ends = await tokens.lastEnds(due.map(([conversationId]) => conversationId));
    for (const [conversationId, entries] of due)
      for (const entry of entries) {
        entry.until = ends.get(conversationId)?.getTime() ?? 0;
        if (entry.until <= at) end(conversationId, entry, policyViolation, "TokenExpired");
      }
  }

  async function poll(): Promise<void> {
    const outcomes = await Promise.allSettled([lookAtAll(), endWithoutToken()]);
    const fault = outcomes.find((outcome) => outcome.status === "rejected");
    if (fault === undefined) failing = false;
    else report(fault.reason);
    for (const { stream } of [...open.values()].flat()) stream.tick();
    timer = undefined;
    schedule();
  }

  function schedule(): void {
    if (closed || timer !== undefined || open.size === 0) return;
    timer = setTimeout(() => run(poll), pollMs);
  }

  return {
    open: (socket, grant, watermark) => {
      const { conversationId } = grant;
      if (closed) {
        socket.close(goingAway, "ServerStopping");
        return () => undefined;
      }
      const entry: Entry = { stream: createStream({ socket, grant, watermark, timing, now }), until: 0, read: 0 };
      const entries = [...(open.get(conversationId) ?? []), entry];
      open.set(conversationId, entries);
      for (const oldest of entries.slice(0, -mostSocketsOfConversation)) end(conversationId, oldest, policyViolation, "collision");
      run(() => look(conversationId));
      schedule();
      return () => drop(conversationId, entry);
    },
    posted: (conversationId, messageId) => {
      if (!open.has(conversationId)) return;
      expected.set(messageId, conversationId);
      run(() => look(conversationId));
    },
    answered: (messageId) => {
      const conversationId = expected.get(messageId);
      if (conversationId === undefined) return;
      expected.delete(messageId);
      run(() => look(conversationId));
    },
    showLive: (conversationId, inReplyTo) =>
      createLiveText({ conversationId, inReplyTo, now }, (interim) => {
        for (const { stream } of open.get(conversationId) ?? []) stream.showInterim(inReplyTo, interim);
      }),
    close: async () => {
      closed = true;
      clearTimeout(timer);
      unsubscribe?.();
      for (const [conversationId, entries] of [...open])
        for (const entry of entries) end(conversationId, entry, goingAway, "ServerStopping");
      await Promise.all(running);
    },
  };
}
