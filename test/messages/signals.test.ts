import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openServer } from "../../src/database/server.ts";
import { openSignals } from "../../src/messages/signals.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { createReadableLog } from "./fixtures.ts";

const { log } = createReadableLog();

describe.each(databaseKinds())("signals (%s)", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());

  it("never wake the process that announces", async () => {
    const signals = await openSignals(database, log);
    const heard = vi.fn();
    signals.subscribe("messages", heard);
    signals.announce("messages");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(heard).not.toHaveBeenCalled();
    await signals.close();
  });

  if (kind === "server") {
    it("tell another process which topic it is, once for many announcements in a row, until it has had enough", async () => {
      const [own, other] = [openServer(database.url ?? "", { connections: 1 }), openServer(database.url ?? "", { connections: 1 })];
      const [speaker, hearer] = [await openSignals(own, log), await openSignals(other, log)];
      const letters = vi.fn();
      const messages = vi.fn();
      hearer.subscribe("messages", messages);
      const end = hearer.subscribe("letters", letters);
      for (let times = 0; times < 20; times += 1) speaker.announce("letters");
      await vi.waitFor(() => expect(letters).toHaveBeenCalledTimes(2));
      expect(messages).not.toHaveBeenCalled();
      end();
      speaker.announce("messages");
      await vi.waitFor(() => expect(messages).toHaveBeenCalled());
      expect(letters).toHaveBeenCalledTimes(2);
      for (const each of [speaker, hearer, own, other]) await each.close();
    });

    it("are heard again after the connection was lost", async () => {
      const [own, other] = [openServer(database.url ?? "", { connections: 1 }), openServer(database.url ?? "", { connections: 1 })];
      const [speaker, hearer] = [await openSignals(own, log), await openSignals(other, log)];
      const heard = vi.fn();
      hearer.subscribe("messages", heard);
      await database.transact((run) =>
        run(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'`),
      );
      await vi.waitFor(
        () => {
          speaker.announce("messages");
          expect(heard).toHaveBeenCalled();
        },
        { timeout: 10_000, interval: 100 },
      );
      for (const each of [speaker, hearer, own, other]) await each.close();
    });
  }
});
