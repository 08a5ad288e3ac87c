import type { Activity } from "../../core/message.ts";
import { finalMark, type InterimActivity } from "./live-text.ts";
import { activityId, assistant, frameOf, renderActivity } from "./outgoing.ts";
import { type Grant, randomName } from "./tokens.ts";

/** The WebSocket as a stream needs it, whatever server holds it. */
export interface StreamSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** When a stream says something by itself, in milliseconds. */
export interface StreamTiming {
  /** Nothing was sent for so long: an empty message, since proxies cut silent connections after a minute. */
  readonly keepAliveMs: number;
  /** A message waits for so long: the first "typing". */
  readonly typingAfterMs: number;
  /** Clients show "typing" for five seconds. */
  readonly typingEveryMs: number;
  /** An answer that has not come by then is not under way any more. */
  readonly typingUntilMs: number;
}

export const streamTiming: StreamTiming = { keepAliveMs: 25_000, typingAfterMs: 1000, typingEveryMs: 3000, typingUntilMs: 60_000 };

/** One open WebSocket of a conversation. It sends each activity once, in order. */
export interface Stream {
  readonly grant: Grant;
  readonly socket: StreamSocket;
  /** The id of the last activity that was sent. */
  watermark(): number;
  /** Sends what is news to this client; what it has is passed over. */
  deliver(activities: readonly Activity[]): void;
  /** Sends an answer under way, while its question waits here; the reply takes its place. */
  showInterim(inReplyTo: number, interim: InterimActivity): void;
  /** Sends "typing" and signs of life when they are due. */
  tick(): void;
}

interface StreamParts {
  readonly socket: StreamSocket;
  readonly grant: Grant;
  readonly watermark: number;
  readonly timing: StreamTiming;
  readonly now: () => Date;
}

/** Starts behind `watermark`, an activity's id; 0 gives the whole history. */
export function createStream({ socket, grant, watermark, timing, now }: StreamParts): Stream {
  /** What waits for an answer, with the time it was seen here. */
  const waiting = new Map<number, number>();
  /** What is shown here while it is worded: nobody has to be told that it is under way. */
  const shownLive = new Set<number>();
  let last = watermark;
  let spokenAt = now().getTime();
  let typedAt = 0;

  function send(text: string): void {
    spokenAt = now().getTime();
    socket.send(text);
  }

  const sendSet = (activities: readonly unknown[]) => send(JSON.stringify({ activities, watermark: String(last) }));

  function note(activity: Activity): void {
    last = activity.id;
    if (activity.kind !== "reply") {
      waiting.set(activity.id, Math.min(activity.at.getTime(), now().getTime()));
      return;
    }
    for (const id of waiting.keys()) {
      if (id > (activity.inReplyTo ?? 0)) continue;
      waiting.delete(id);
      shownLive.delete(id);
    }
  }

  function render(activity: Activity) {
    const rendered = renderActivity(activity, grant);
    if (activity.kind !== "reply" || activity.reply.silent === true || activity.inReplyTo === undefined) return rendered;
    return { ...rendered, channelData: { ...rendered.channelData, ...finalMark(grant.conversationId, activity.inReplyTo) } };
  }

  function typeIfDue(at: number): void {
    const underWay = [...waiting.values()].some((since) => at - since >= timing.typingAfterMs && at - since < timing.typingUntilMs);
    if (!underWay || shownLive.size > 0 || at - typedAt < timing.typingEveryMs) return;
    typedAt = at;
    sendSet([{ ...frameOf("typing", activityId(grant.conversationId, randomName()), now(), grant.conversationId), from: assistant }]);
  }

  return {
    grant,
    socket,
    watermark: () => last,
    deliver: (activities) => {
      for (const activity of activities.filter(({ id }) => id > last)) {
        note(activity);
        // A set each: botframework-directlinejs shows the activities of a set one a tick, between those of the next set.
        sendSet([render(activity)]);
      }
    },
    showInterim: (inReplyTo, interim) => {
      if (!waiting.has(inReplyTo)) return;
      shownLive.add(inReplyTo);
      sendSet([interim]);
    },
    tick: () => {
      const at = now().getTime();
      typeIfDue(at);
      if (at - spokenAt >= timing.keepAliveMs) send("");
    },
  };
}
