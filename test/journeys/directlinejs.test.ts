import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Activity, DirectLine, type Message } from "botframework-directlinejs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import XMLHttpRequest from "xhr2";
import { z } from "zod";
import { type BadNetwork, freePort, openBadNetwork } from "../support/bad-network.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, startStadtlotse } from "../support/server.ts";

const secret = "a-secret-of-a-server";
const questions = ["Sperrmüll anmelden", "Wo finde ich einen Kita-Platz?", "Hallo", "Mein Ausweis ist weg", "Sprachkurs Deutsch"];
const shownWithin = { timeout: 60_000 };
const Issued = z.object({ token: z.string(), conversationId: z.string() });
const Page = z.object({ activities: z.array(z.object({ id: z.string(), replyToId: z.string().optional() })) });

let network: BadNetwork;
let address: string;
const clients: DirectLine[] = [];

beforeAll(async () => {
  // The client is written for browsers; its README names these two for Node.
  Object.assign(globalThis, { XMLHttpRequest, WebSocket });
  await trainedCache();
  network = await openBadNetwork();
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  network.leadTo(address);
  await startStadtlotse({ args: ["--port", String(port)], env: { PUBLIC_URL: network.url, DIRECTLINE_SECRET: secret } });
}, trainingMs);

afterAll(async () => {
  await network.close();
  await cleanUp();
});

afterEach(() => {
  network.cutAfter(undefined);
  for (const client of clients.splice(0)) client.end();
});

async function issue() {
  const response = await fetch(`${address}/v3/directline/tokens/generate`, {
    method: "POST",
    headers: { Authorization: `Bearer ${secret}` },
  });
  return Issued.parse(await response.json());
}

/** The real client, over the bad network. It reconnects after 3 s instead of 3 to 15 s, which is its own chance. */
function connect(options: { readonly token: string; readonly conversationId?: string; readonly webSocket?: boolean }) {
  const client = new DirectLine({ ...options, domain: `${network.url}/v3/directline`, random: () => 0, pollingInterval: 200 });
  clients.push(client);
  const shown: Activity[] = [];
  const ended: unknown[] = [];
  client.activity$.subscribe(
    (activity) => shown.push(activity),
    (error) => ended.push(error),
  );

  /** As a chat window does it: what was not taken is sent again, under its old id. */
  async function say(text: string, id: string = randomUUID()): Promise<string> {
    const message: Message = { type: "message", from: { id: "person" }, text, channelData: { clientActivityID: id } };
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const posted = await client
        .postActivity(message)
        .toPromise()
        .catch(() => "retry");
      if (posted !== "retry" && typeof posted === "string") return posted;
      await sleep(100);
    }
    throw new Error("The message was never taken.");
  }
  return { shown, ended, say, ids: () => shown.filter(({ type }) => type === "message").map(({ id }) => id ?? "") };
}

/** The talk as the server has it, asked directly. */
async function history({ token, conversationId }: z.infer<typeof Issued>) {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${address}/v3/directline/conversations/${conversationId}/activities`, { headers });
  return Page.parse(await response.json()).activities;
}

const idsOf = async (issued: z.infer<typeof Issued>) => (await history(issued)).map(({ id }) => id);

/** Waits until the server has answered, so that no two questions are answered in one. */
async function answered(issued: z.infer<typeof Issued>, id: string): Promise<void> {
  await expect.poll(async () => (await history(issued)).some(({ replyToId }) => replyToId === id), shownWithin).toBe(true);
}

test("botframework-directlinejs whose WebSocket is cut in the middle of a talk loses and doubles nothing", async () => {
  const issued = await issue();
  const talk = connect(issued);
  const posted: string[] = [];
  for (let number = 0; number < 30; number += 1) {
    if (number % 10 === 5) network.cut();
    const saying = talk.say(`${questions[number % questions.length]} ${number}`);
    if (number % 10 === 8) network.cut();
    const id = await saying;
    posted.push(id);
    await answered(issued, id);
  }
  expect(new Set(posted).size).toBe(30);
  await expect.poll(() => talk.ids().length, shownWithin).toBeGreaterThanOrEqual(60);
  await sleep(500);
  expect(talk.ids()).toEqual(await idsOf(issued));
  const replies = talk.shown.flatMap((activity) => ("replyToId" in activity ? [activity.replyToId] : []));
  expect(replies).toEqual(posted);
}, 180_000);

test("botframework-directlinejs that is cut off in the middle of a long history goes on where it was", async () => {
  const issued = await issue();
  const before = connect(issued);
  for (let number = 0; number < 40; number += 1)
    await answered(issued, await before.say(`${questions[number % questions.length]} ${number}`));
  network.cutAfter(30_000);
  const after = connect(issued);
  await expect.poll(() => after.ids().length, shownWithin).toBeGreaterThanOrEqual(80);
  await sleep(500);
  expect(after.ids()).toEqual(await idsOf(issued));
  expect(network.broken()).toBeGreaterThan(1);
}, 180_000);

test("botframework-directlinejs without a WebSocket polls the same talk", async () => {
  const issued = await issue();
  const talk = connect({ ...issued, webSocket: false });
  await talk.say("Hallo");
  await expect.poll(() => talk.ids().length, shownWithin).toBe(2);
  expect(talk.ids()).toEqual(await idsOf(issued));
}, 60_000);
