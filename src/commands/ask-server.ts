import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { AnswerSummary, Reply } from "../core/answer.ts";
import { AppError } from "../core/errors.ts";

const Generated = z.object({ token: z.string(), conversationId: z.string() });
const Posted = z.object({ id: z.string() });
const ReplyShape = z.object({
  lang: z.custom<Reply["lang"]>((value) => typeof value === "string"),
  lead: z.array(z.string()),
  cards: z.array(z.custom<Reply["cards"][number]>((value) => typeof value === "object")),
  closing: z.array(z.string()),
  about: z.custom<AnswerSummary>((value) => typeof value === "object" && value !== null),
});
const Page = z.object({
  watermark: z.string(),
  activities: z.array(
    z.object({ replyToId: z.string().optional(), channelData: z.object({ stadtlotse: ReplyShape }).partial().optional() }),
  ),
});

const pollMs = 50;
const longestWaitMs = 30_000;

/** Asks a running server over its web chat, as a page of that server would. */
export function askServer(at: string) {
  const origin = new URL(at).origin;
  const conversations = new Map<string, { readonly id: string; readonly token: string }>();

  async function call(path: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(`${origin}/v3/directline${path}`, {
      ...init,
      headers: { "Content-Type": "application/json", Origin: origin, ...init.headers },
    }).catch((cause: unknown) => {
      throw new AppError("SERVER_UNREACHABLE", `No server answers at ${origin}. Start one with: npm start`, { cause });
    });
    if (!response.ok)
      throw new AppError(
        "SERVER_UNREACHABLE",
        `The server at ${origin} answered ${response.status} to ${path.replace(/[\w-]{20,}/g, "…")}.`,
      );
    return await response.json();
  }

  async function conversationOf(name: string) {
    const known = conversations.get(name);
    if (known !== undefined) return known;
    const { token, conversationId } = Generated.parse(await call("/tokens/generate", { method: "POST" }));
    const headers = { Authorization: `Bearer ${token}` };
    await call("/conversations", { method: "POST", headers });
    const made = { id: conversationId, token };
    conversations.set(name, made);
    return made;
  }

  async function ask({
    text,
    conversation,
    lang,
  }: {
    readonly text: string;
    readonly conversation: string;
    readonly lang?: string | undefined;
  }) {
    const { id, token } = await conversationOf(conversation);
    const headers = { Authorization: `Bearer ${token}` };
    const body = JSON.stringify({
      type: "message",
      text,
      from: { id: "terminal" },
      locale: lang,
      channelData: { clientActivityID: randomUUID() },
    });
    const posted = Posted.parse(await call(`/conversations/${id}/activities`, { method: "POST", headers, body }));
    for (const until = Date.now() + longestWaitMs; Date.now() < until; await sleep(pollMs)) {
      const page = Page.parse(await call(`/conversations/${id}/activities`, { headers }));
      const found = page.activities.find(({ replyToId }) => replyToId === posted.id)?.channelData?.stadtlotse;
      if (found !== undefined) return { summary: found.about, reply: { ...found, buttons: [] } };
    }
    throw new AppError("SERVER_UNREACHABLE", `The server at ${origin} gave no answer within ${longestWaitMs / 1000} s.`);
  }

  return { ask, close: async () => undefined };
}
