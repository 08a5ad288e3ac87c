import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

/** The bot that a benchmark's processes are given; no such bot exists. */
export const benchBot = { token: "123456:bench", secret: randomBytes(16).toString("hex") } as const;

/** One message of a conversation; posting it again is the same message again. */
export interface Post {
  /** The id by which the inbox tells it from others. */
  readonly externalId: string;
  /** Posts it to a process; false unless it was accepted. */
  post(url: string): Promise<boolean>;
}

const postWithinMs = 10_000;
const again = { ms: 50, most: 2000 };

/** Status of a request; 0 if nobody answered, which a killed process does. */
async function statusOf(url: string, init: RequestInit): Promise<number> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(postWithinMs) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** What the platform posts for a message of a private chat. */
export function telegramUpdate(updateId: number, chat: number, text: string): string {
  const person = { id: chat, is_bot: false, first_name: "Bench", language_code: "de" };
  const message = { message_id: updateId, from: person, chat: { ...person, type: "private" }, date: 0, text };
  return JSON.stringify({ update_id: updateId, message });
}

/** The headers of a webhook call. */
export const telegramHeaders = { "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": benchBot.secret } as const;

export const telegramWebhook = "/telegram/webhook";

/** A message of a Telegram chat. */
export function telegramPost(updateId: number, chat: number, text: string): Post {
  const body = telegramUpdate(updateId, chat, text);
  return {
    externalId: `${benchBot.token.split(":")[0]}:${updateId}`,
    post: async (url) => (await statusOf(url + telegramWebhook, { method: "POST", headers: telegramHeaders, body })) === 200,
  };
}

const Issued = z.object({ token: z.string(), conversationId: z.string() });
const Activity = z.object({
  id: z.string(),
  replyToId: z.string().optional(),
  channelData: z.object({ clientActivityID: z.string().optional() }),
});
const Page = z.object({ activities: z.array(Activity) });

/** A conversation of the web chat. */
export interface WebChat {
  say(number: number, text: string): Post;
  /** All that it shows, from the start. */
  read(url: string): Promise<readonly z.output<typeof Activity>[]>;
}

/** Opens a conversation at a process; the others know it too. */
export async function openWebChat(url: string, origin: string): Promise<WebChat> {
  const issued = await fetch(`${url}/v3/directline/tokens/generate`, { method: "POST", headers: { Origin: origin } });
  const { token, conversationId } = Issued.parse(await issued.json());
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  const headers = { Origin: origin, Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  return {
    say: (number, text) => {
      const body = JSON.stringify({ type: "message", text, channelData: { clientActivityID: `m${number}` } });
      return {
        externalId: `${conversationId}:m${number}`,
        post: async (at) => (await statusOf(at + path, { method: "POST", headers, body })) === 200,
      };
    },
    read: async (at) => Page.parse(await (await fetch(at + path, { headers })).json()).activities,
  };
}

/** Posts a message again and again, as platforms do, until one of the processes that are up takes it. */
export async function postUntilAccepted(post: Post, urls: () => readonly string[]): Promise<void> {
  for (let tries = 0; tries < again.most; tries += 1) {
    const up = urls();
    const url = up[Math.floor(Math.random() * up.length)];
    if (url !== undefined && (await post.post(url))) return;
    await sleep(again.ms);
  }
  throw new Error(`No process took a message within ${again.most} tries.`);
}
