import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { forwards } from "../../../src/database/schema.ts";
import { clusterForgetting } from "../../../src/review/clusters/store.ts";
import { createForwardOperations } from "../../../src/review/forwards/operations.ts";
import { createForwarder } from "../../../src/review/forwards/worker.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { openClusterTest } from "../clusters/fixtures.ts";

const secret = "ein Geheimnis für die andere Stelle";
const naughty = `"}]<script>alert(1)</script> {{7*7}} '; drop table forwards; -- %s \\u0000 👩‍👩‍👧 ﷽`;
const dogs = ["Darf mein Hund mit ins Freibad?", "Sind Hunde im Freibad erlaubt?"];

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

const Message = z.object({
  ...{ id: z.string(), cluster: z.number(), title: z.string(), note: z.string().optional(), asked: z.number(), url: z.string() },
  questions: z.array(z.object({ text: z.string(), lang: z.string() })),
});

describe.each(databaseKinds())("forwarding (%s)", (kind) => {
  let database: TestDatabase;
  let test: ReturnType<typeof openClusterTest>;
  let receiver: Server;
  let url = "";
  let received: Received[] = [];
  /** What the receiver answers, one after the other; undefined for never. */
  let answers: ({ readonly status: number; readonly headers?: Record<string, string> } | undefined)[] = [];
  let onRequest: () => Promise<void> = async () => undefined;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = openClusterTest(database.db);
    receiver = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(Buffer.from(part));
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString(), path: request.url ?? "" });
      await onRequest();
      const answer = answers.length === 0 ? { status: 200 } : answers.shift();
      if (answer !== undefined) response.writeHead(answer.status, answer.headers).end("x".repeat(100_000));
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/tickets`;
  });
  afterAll(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await database.close();
  });
  beforeEach(async () => {
    await test.empty();
    [received, answers] = [[], []];
    onRequest = async () => undefined;
  });

  const operations = (sends = true) => createForwardOperations({ db: database.db, sends });
  const run = async (name: string, input: object, sends = true) =>
    await operations(sends)[`staff.clusters.${name}`]?.({ by: "7", ...input });
  const worker = (to = url) =>
    createForwarder({
      ...{ db: database.db, source: test.source, receiver: { url: to, secret }, publicUrl: "https://lotse.example/" },
      ...{ now: () => new Date(), onChange: () => undefined },
    });
  async function putCluster(): Promise<number> {
    const [gap = ""] = await test.askAll(dogs);
    await test.openKeeper().step();
    return (await test.clusterOf(gap)) ?? 0;
  }
  const rows = () => database.db.select().from(forwards);
  const only = async () => (await rows())[0];
  const makeDue = () => database.db.update(forwards).set({ nextAt: sql`now() - interval '1 second'` });
  const secondsUntilNext = async () => ((await only())?.nextAt.getTime() ?? 0) / 1000 - Date.now() / 1000;

  it("sends what was asked, once, signed, with the note as it was written", async () => {
    const id = await putCluster();
    await run("forward", { id, note: naughty });
    expect(await test.show(id)).toMatchObject({ state: "forwarded" });
    await Promise.all([worker().step(), worker().step()]);
    expect(await worker().step()).toBe(false);
    expect(received).toHaveLength(1);
    const { headers = {} as IncomingHttpHeaders, body = "" } = received[0] ?? {};
    const message = Message.parse(JSON.parse(body));
    expect(message).toMatchObject({ cluster: id, asked: 2, note: naughty, url: `https://lotse.example/console/inbox/${id}` });
    expect(message.questions.map(({ text }) => text).sort()).toEqual([...dogs].sort());
    expect(headers["idempotency-key"]).toBe(message.id);
    const at = String(headers["x-stadtlotse-timestamp"]);
    expect(Math.abs(Number(at) - Date.now() / 1000)).toBeLessThan(30);
    expect(headers["x-stadtlotse-signature"]).toBe(`sha256=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`);
    expect(await only()).toMatchObject({ id: message.id, state: "sent", fault: null, attempts: 1 });
  });

  it("tries again later, with the same key, as long as the receiver says or longer each time", async () => {
    await run("forward", { id: await putCluster() });
    answers = [{ status: 500 }, { status: 503 }, { status: 429, headers: { "Retry-After": "1234" } }];
    for (const [fault, seconds] of [
      ["status 500", 60],
      ["status 503", 300],
      ["status 429", 1234],
    ] as const) {
      await makeDue();
      await worker().step();
      expect(await only()).toMatchObject({ state: "waiting", fault });
      expect(Math.abs((await secondsUntilNext()) - seconds)).toBeLessThan(20);
      expect(await worker().step()).toBe(false);
    }
    await makeDue();
    await worker().step();
    expect(await only()).toMatchObject({ state: "sent", fault: null, attempts: 4 });
    expect(new Set(received.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  });

  it("gives up where trying again does not help, follows no redirect, and sends again when staff say so", async () => {
    const id = await putCluster();
    await run("forward", { id });
    for (const [status, headers] of [
      [400, {}],
      [302, { Location: "/elsewhere" }],
    ] as const) {
      answers = [{ status, headers }];
      await worker().step();
      expect(await only()).toMatchObject({ state: "failed", fault: `status ${status}` });
      expect(await run("forward-again", { forward: (await only())?.id })).toEqual({ id });
    }
    expect(received.map(({ path }) => path)).toEqual(["/tickets", "/tickets"]);
    await worker().step();
    expect(await only()).toMatchObject({ state: "sent" });
    await expect(run("forward-again", { forward: (await only())?.id })).rejects.toMatchObject({ code: "USAGE" });
  });

  it("waits for a receiver that is away or never answers, and gives up after seven attempts", async () => {
    await run("forward", { id: await putCluster() });
    answers = [undefined];
    await worker().step();
    expect(await only()).toMatchObject({ state: "waiting", fault: "no answer in time" });
    for (let attempt = 2; attempt <= 7; attempt += 1) {
      await makeDue();
      await worker("http://127.0.0.1:1/").step();
    }
    expect(await only()).toMatchObject({ state: "failed", fault: "not reachable", attempts: 7 });
  }, 30_000);

  it("is tried again by another process if one dies while it sends", async () => {
    await run("forward", { id: await putCluster() });
    let seen: Awaited<ReturnType<typeof only>>;
    onRequest = async () => {
      seen = await only();
    };
    await worker().step();
    expect(seen).toMatchObject({ state: "waiting", attempts: 1 });
    expect((seen?.nextAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(5_000);
    expect((seen?.nextAt.getTime() ?? 0) - Date.now()).toBeLessThan(25_000);
  });

  it("sends nothing of what was erased since", async () => {
    const id = await putCluster();
    await run("forward", { id });
    const ids = (await test.show(id)).questions.map((question) => question.id);
    await database.db.transaction((transaction) => clusterForgetting.forget(transaction, ids));
    await database.db.execute(sql`delete from turns`);
    await worker().step();
    expect(received).toEqual([]);
    expect(await only()).toMatchObject({ state: "failed", fault: "nothing left" });
  });

  it("only marks a group where no system takes it, and takes one that is forwarded already for none", async () => {
    const id = await putCluster();
    expect(await run("forward", { id }, false)).toEqual({ id, sends: false });
    expect(await rows()).toEqual([]);
    expect(await test.show(id)).toMatchObject({ state: "forwarded" });
    await expect(run("forward", { id })).rejects.toMatchObject({ code: "USAGE" });
  });

  it("keeps what was forwarded of groups that become one", async () => {
    const other = await test.ask("Wo kann ich einen Fernseher abgeben?");
    const id = await putCluster();
    const newer = (await test.clusterOf(other)) ?? 0;
    await run("forward", { id: newer });
    await test.run("merge", { id, with: newer });
    const stays = Math.min(id, newer);
    expect(await run("forwards", { id })).toMatchObject([{ clusterId: stays, state: "waiting" }]);
    await worker().step();
    expect(Message.parse(JSON.parse(received[0]?.body ?? "")).cluster).toBe(stays);
  });
});
