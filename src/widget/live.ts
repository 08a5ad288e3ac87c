import * as z from "zod/mini";
import type { DirectLineClient, Session } from "./direct-line.ts";

const Told = z.object({
  activities: z.array(
    z.object({
      type: z.string(),
      text: z.optional(z.string()),
      locale: z.optional(z.string()),
      replyToId: z.optional(z.string()),
      from: z.object({ role: z.string() }),
      channelData: z.optional(z.object({ streamType: z.optional(z.string()) })),
    }),
  ),
});

/** An answer under way: the whole text so far. */
export interface Interim {
  readonly inReplyTo: string;
  readonly lang: string;
  readonly text: string;
}

export interface LiveEvents {
  readonly interim: (interim: Interim) => void;
  /** Something is there to be read. */
  readonly news: () => void;
}

/** A WebSocket beside the polling. It only tells earlier what the polling brings too, so nothing depends on it. */
export interface Live {
  /** Opens it, unless it is open for this conversation. */
  listen(session: Session, watermark: string): void;
  close(): void;
}

export interface LiveDeps {
  readonly client: Pick<DirectLineClient, "findStream">;
  readonly open: (url: string) => WebSocket;
}

function parseTold(data: unknown): z.infer<typeof Told>["activities"] {
  try {
    return typeof data === "string" && data !== "" ? Told.parse(JSON.parse(data)).activities : [];
  } catch {
    return [];
  }
}

/** Where no socket can be had, nothing happens until it is asked for again. */
export function createLive({ client, open }: LiveDeps, events: LiveEvents): Live {
  let listening: string | undefined;
  /** The conversation whose server has no sockets: it is not asked again. */
  let without: string | undefined;
  let socket: WebSocket | undefined;

  function close(): void {
    listening = undefined;
    socket?.close();
    socket = undefined;
  }

  function hear(data: unknown): void {
    for (const { type, text, locale = "", replyToId, from, channelData } of parseTold(data)) {
      if (from.role === "user") continue;
      if (type !== "typing") events.news();
      else if (channelData?.streamType === "streaming" && text !== undefined && replyToId !== undefined)
        events.interim({ inReplyTo: replyToId, lang: locale, text });
    }
  }

  async function connect(session: Session, watermark: string): Promise<void> {
    const found = await client.findStream(session, watermark);
    if (listening !== session.conversationId) return;
    if (found.kind === "done" && found.value === undefined) without = session.conversationId;
    if (found.kind !== "done" || found.value === undefined) return close();
    const opened = open(found.value);
    socket = opened;
    opened.addEventListener("message", ({ data }) => hear(data));
    opened.addEventListener("close", () => {
      if (socket === opened) close();
    });
  }

  return {
    listen: (session, watermark) => {
      if ([listening, without].includes(session.conversationId)) return;
      close();
      listening = session.conversationId;
      void connect(session, watermark).catch(close);
    },
    close,
  };
}
