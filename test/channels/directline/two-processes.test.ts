import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createStreams, type Streams } from "../../../src/channels/directline/streams.ts";
import { createTokenStore } from "../../../src/channels/directline/tokens.ts";
import type { OpenDatabase } from "../../../src/database/database.ts";
import { outbox } from "../../../src/database/schema.ts";
import { openServer } from "../../../src/database/server.ts";
import { createAddressVault } from "../../../src/messages/address-vault.ts";
import { createInbox } from "../../../src/messages/inbox.ts";
import { createTranscript } from "../../../src/messages/transcript.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { createFakeSocket, createReadableLog, grant, replyOf } from "./fixtures.ts";

const talk = grant.conversationId;
const vault = createAddressVault(new Uint8Array(32).fill(7));

describe.each(databaseKinds())("one process takes and answers, another holds the WebSocket (%s)", (kind) => {
  let writing: TestDatabase;
  let reading: OpenDatabase;
  let streams: Streams;

  beforeAll(async () => {
    writing = await openTestDatabase(kind);
    reading = writing.url === undefined ? writing : openServer(writing.url, { connections: 2 });
  });
  afterEach(() => streams.close());
  afterAll(async () => {
    if (reading !== writing) await reading.close();
    await writing.close();
  });

  test("the stream shows it all by polling, once and in order, beside 200 quiet talks", async () => {
    const inbox = createInbox(writing.db, vault, () => undefined);
    const tokens = createTokenStore(writing.db, () => new Date());
    streams = createStreams({
      db: reading.db,
      transcript: createTranscript(reading.db, vault, "directline"),
      log: createReadableLog().log,
      pollMs: 20,
    });
    const quiet = Array.from({ length: 200 }, (_, index) => ({
      socket: createFakeSocket(),
      grant: { ...grant, conversationId: `quiet ${index}` },
    }));
    for (const each of [{ grant }, ...quiet]) await tokens.issue("chat", each.grant);
    for (const each of quiet) streams.open(each.socket, each.grant, 0);
    const socket = createFakeSocket();
    streams.open(socket, grant, 0);
    const expected: string[] = [];
    for (let number = 0; number < 20; number += 1) {
      const content = { kind: "text", text: `Frage ${number}` } as const;
      const { id, conversationId } = await inbox.accept({ channel: "directline", externalId: `${talk}:${number}`, address: talk, content });
      const reply = replyOf(`Antwort ${number}`);
      await writing.db.insert(outbox).values({ conversationId, channel: "directline", inReplyTo: id, reply, state: "sent" });
      expected.push(content.text, `Antwort ${number}`);
    }
    await expect.poll(socket.words, { timeout: 10_000 }).toEqual(expected);
    expect(quiet.flatMap((each) => each.socket.sent)).toEqual([]);
    expect(quiet.flatMap((each) => each.socket.closings)).toEqual([]);
  }, 30_000);
});
