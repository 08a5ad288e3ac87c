import { pino } from "pino";
import { z } from "zod";
import type { Grant } from "../../../src/channels/directline/tokens.ts";
import type { Reply } from "../../../src/core/answer.ts";
import type { Activity, Inbox, IncomingMessage, WatchedTranscript } from "../../../src/core/message.ts";

export const own = "http://127.0.0.1:8787";
export const partner = "https://partner.example";

export const TokenBody = z.object({ conversationId: z.string(), token: z.string(), expires_in: z.number(), userId: z.string() });
export const ConversationBody = TokenBody.extend({ streamUrl: z.string() });
export const ErrorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export const ActivitySet = z.object({
  activities: z.array(
    z.looseObject({
      type: z.string(),
      id: z.string(),
      text: z.string().optional(),
      replyToId: z.string().optional(),
      from: z.looseObject({ role: z.string() }),
      channelData: z.looseObject({}).optional(),
    }),
  ),
  watermark: z.string(),
});

export type ActivitySet = z.infer<typeof ActivitySet>;

export const grant: Grant = { conversationId: "talk", userId: "dl_person", sites: [own] };

/** An answer of one line. */
export function replyOf(line: string): Reply {
  return { lang: "de", lead: [line], cards: [], closing: [], buttons: [{ label: "Mehr zeigen", value: "more" }] };
}

/** A place for messages in memory: unique by externalId, one sequence of ids. Questions are answered when the test says so. */
export function createMessages(now: () => Date) {
  const shown = new Map<string, Activity[]>();
  const ids = new Map<string, number>();
  const state: { fault: Error | undefined; broken: string | undefined; readings: number } = {
    fault: undefined,
    broken: undefined,
    readings: 0,
  };
  let last = 0;
  const add = (conversationId: string, activity: Activity) => {
    shown.set(conversationId, [...(shown.get(conversationId) ?? []), activity]);
    return activity.id;
  };

  function activityOf(message: IncomingMessage, id: number): Activity {
    const common = { id, at: now(), clientId: message.clientId };
    if (message.content.kind === "button") return { kind: "press", ...common, value: message.content.value };
    return { kind: "message", ...common, text: message.content.kind === "text" ? message.content.text : "" };
  }

  const inbox: Inbox = {
    accept: async (message) => {
      const known = ids.get(message.externalId);
      if (known !== undefined) return { kind: "repeated", id: known, conversationId: message.address };
      const id = add(message.address, activityOf(message, ++last));
      ids.set(message.externalId, id);
      return { kind: "accepted", id, conversationId: message.address };
    },
  };
  const transcript: WatchedTranscript = {
    after: async (conversationId, watermark) => {
      if (state.fault !== undefined) throw state.fault;
      if (state.broken === conversationId) throw new Error("a stored answer is broken");
      state.readings += 1;
      return (shown.get(conversationId) ?? []).filter(({ id }) => id > watermark);
    },
    latest: async (conversationIds) => {
      if (state.fault !== undefined) throw state.fault;
      return new Map(conversationIds.flatMap((id) => (shown.has(id) ? [[id, shown.get(id)?.at(-1)?.id ?? 0]] : [])));
    },
  };
  return {
    inbox,
    transcript,
    state,
    /** What is stored, without anybody being told. */
    say: (conversationId: string, text: string) => add(conversationId, { kind: "message", id: ++last, at: now(), text }),
    answer: (conversationId: string, inReplyTo: number, line: string) =>
      add(conversationId, { kind: "reply", id: ++last, at: now(), reply: replyOf(line), inReplyTo }),
    rows: () => ids.size,
  };
}

/** A WebSocket that writes down what it is given. */
export function createFakeSocket() {
  const sent: string[] = [];
  const closings: { readonly code: number; readonly reason: string }[] = [];
  const sets = () => sent.filter((text) => text !== "").map((text) => ActivitySet.parse(JSON.parse(text)));
  return {
    sent,
    closings,
    sets,
    /** The words of everything that was shown, "typing" as "…". */
    words: () => sets().flatMap(({ activities }) => activities.map(({ type, text }) => text ?? (type === "typing" ? "…" : ""))),
    send: (text: string) => void sent.push(text),
    close: (code: number, reason: string) => void closings.push({ code, reason }),
  };
}

/** A logger whose lines can be read. */
export function createReadableLog() {
  const lines: string[] = [];
  return { lines, log: pino({}, { write: (line: string) => lines.push(line) }) };
}
