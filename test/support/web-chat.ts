import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const Issued = z.object({ token: z.string(), conversationId: z.string() });
const Posted = z.object({ id: z.string() });
const Activity = z.object({
  id: z.string(),
  type: z.string(),
  from: z.object({ role: z.string() }),
  text: z.string(),
  textFormat: z.string().optional(),
  replyToId: z.string().optional(),
});
const Page = z.object({ activities: z.array(Activity) });

export type WebActivity = z.infer<typeof Activity>;

/** A conversation over Direct Line, as a page of the server would hold it. */
export interface WebChat {
  /** Posts any body as an activity; for bad input. */
  post(body: BodyInit): Promise<Response>;
  /** Posts words and gives the server's id; fails unless they were accepted. */
  say(text: string): Promise<string>;
  press(value: string): Promise<string>;
  read(): Promise<readonly WebActivity[]>;
  /** The whole conversation once each of the ids is answered, by itself or together with later ones; fails with what is missing after `withinMs`. */
  answered(ids: readonly string[], withinMs: number): Promise<readonly WebActivity[]>;
  /** Says something and gives the text of its answer. */
  ask(text: string): Promise<string>;
}

const askedWithinMs = 20_000;

/** The number in an activity's id; an answer also answers what was asked before it. */
const numberOf = (id: string) => Number(id.split("|").at(-1));

/** Opens a conversation at a running server; `from` is the address that a proxy names. */
export async function openWebChat(url: string, from?: string): Promise<WebChat> {
  const base = `${url}/v3/directline`;
  const issued = await fetch(`${base}/tokens/generate`, { method: "POST", headers: { Origin: url } });
  const { token, conversationId } = Issued.parse(await issued.json());
  const forwarded = from === undefined ? {} : { "X-Forwarded-For": from };
  const headers = { ...forwarded, Origin: url, Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const activities = `${base}/conversations/${conversationId}/activities`;

  const post = (body: BodyInit) => fetch(activities, { method: "POST", headers, body });
  async function accepted(said: object): Promise<string> {
    const response = await post(JSON.stringify({ type: "message", ...said, channelData: { clientActivityID: randomUUID() } }));
    if (response.status !== 200) throw new Error(`The message was answered with ${response.status}.`);
    return Posted.parse(await response.json()).id;
  }
  const read = async () => Page.parse(await (await fetch(activities, { headers })).json()).activities;
  async function answered(ids: readonly string[], withinMs: number): Promise<readonly WebActivity[]> {
    for (const end = Date.now() + withinMs; ; await sleep(50)) {
      const seen = await read();
      const last = Math.max(0, ...seen.map(({ replyToId }) => numberOf(replyToId ?? "")));
      const missing = ids.filter((id) => numberOf(id) > last);
      if (missing.length === 0) return seen;
      if (Date.now() > end) throw new Error(`${missing.length} of ${ids.length} messages have no answer after ${withinMs} ms.`);
    }
  }
  const say = (text: string) => accepted({ text });

  return {
    post,
    say,
    press: (value) => accepted({ value }),
    read,
    answered,
    ask: async (text) => {
      const id = await say(text);
      return (await answered([id], askedWithinMs)).find(({ replyToId }) => replyToId === id)?.text ?? "";
    },
  };
}
