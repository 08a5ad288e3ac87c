import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { inspect } from "node:util";
import { eq, is, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { guarded, rowsOf } from "../src/database/database.ts";
import { migrate } from "../src/database/migrate.ts";
import * as schema from "../src/database/schema.ts";
import { openServer } from "../src/database/server.ts";
import { openBadNetwork } from "./support/bad-network.ts";
import { databaseKinds, openEmptyDatabase, type TestDatabase } from "./support/databases.ts";

const ledger = "schema_migrations";
const tables = Object.values(schema).flatMap((part) => (is(part, PgTable) ? [getTableConfig(part)] : []));
const Column = z.object({ table_name: z.string(), column_name: z.string(), data_type: z.string(), required: z.boolean() });

async function columnsIn(database: TestDatabase): Promise<readonly string[]> {
  const rows = await database.transact((run) =>
    run(`select c.relname as table_name, a.attname as column_name, format_type(a.atttypid, a.atttypmod) as data_type, a.attnotnull as required
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`),
  );
  return z
    .array(Column)
    .parse(rows)
    .filter((column) => column.table_name !== ledger)
    .map((column) => `${column.table_name}.${column.column_name} ${column.data_type}${column.required ? " not null" : ""}`)
    .sort();
}

function columnsOfSchema(): readonly string[] {
  return tables
    .flatMap((table) => {
      const keys = new Set(table.primaryKeys.flatMap((key) => key.columns));
      return table.columns.map((column) => {
        const required = column.notNull || keys.has(column);
        return `${table.name}.${column.name} ${column.getSQLType()}${required ? " not null" : ""}`;
      });
    })
    .sort();
}

const newContact = () => ({ id: randomUUID(), channel: "telegram", addressHash: randomUUID(), addressEncrypted: "x" });

describe.each(databaseKinds())("a new database (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openEmptyDatabase(kind);
  });

  afterAll(() => database.close());

  it("leaves nothing behind when a migration fails, and names it", async () => {
    await database.transact((run) => run("create table turns (other text)"));
    await expect(migrate(database)).rejects.toMatchObject({
      code: "DATABASE_FAILED",
      message: expect.stringContaining("0001_first_tables.sql"),
    });
    expect(await columnsIn(database)).toEqual(["turns.other text"]);
    // Without the ledger too, so that the next test's runs race for it.
    await database.transact((run) => run(`drop table turns; drop table ${ledger}`));
  });

  it("gets its tables from the first of several runs at once, and none from a later one", async () => {
    const { url } = database;
    const others = url === undefined ? [] : Array.from({ length: 5 }, () => openServer(url, { connections: 1 }));
    const runs = await Promise.all([database, database, ...others].map((each) => migrate(each)));
    await Promise.all(others.map((each) => each.close()));
    expect(runs.filter((names) => names.length > 0)).toEqual([expect.arrayContaining(["0001_first_tables.sql"])]);
    expect(await migrate(database)).toEqual([]);
    const applied = await database.transact((run) => run(`select name from ${ledger} order by name`));
    expect(applied.map((row) => row["name"])).toEqual(runs.flat());
  });
});

describe.each(databaseKinds())("a database (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openEmptyDatabase(kind);
    await migrate(database);
  });

  afterAll(() => database.close());

  it("has every table of the schema with exactly its columns", async () => {
    expect(tables.length).toBeGreaterThan(5);
    expect(await columnsIn(database)).toEqual(columnsOfSchema());
  });

  it("returns the rows of the last statement", async () => {
    const { transact } = database;
    expect(await transact((run) => run("select 1 as a; select 2 as b union all select 3 order by b"))).toEqual([{ b: 2 }, { b: 3 }]);
    expect(await transact((run) => run("select 4 as c"))).toEqual([{ c: 4 }]);
    expect(await transact((run) => run("select 5 as d; select 6 as e where false"))).toEqual([]);
  });

  it("keeps nothing of a transaction that throws, and all of one that does not", async () => {
    const insert = (hash: string) =>
      `insert into contacts (id, channel, address_hash, address_encrypted) values ('${randomUUID()}', 'telegram', '${hash}', 'x')`;
    const undone = database.transact(async (run) => {
      await run(insert("undone"));
      throw new Error("stop here");
    });
    await expect(undone).rejects.toThrow("stop here");
    const done = await database.transact(async (run) => {
      await run(insert("kept"));
      return "done";
    });
    expect(done).toBe("done");
    const rows = await database.db.select().from(schema.contacts);
    expect(rows.map((row) => row.addressHash)).toEqual(["kept"]);
  });

  it("rolls back Drizzle's transactions", async () => {
    const contact = newContact();
    const undone = database.db.transaction(async (transaction) => {
      await transaction.insert(schema.contacts).values(contact);
      throw new Error("stop here");
    });
    await expect(undone).rejects.toThrow("stop here");
    expect(await database.db.select().from(schema.contacts).where(eq(schema.contacts.id, contact.id))).toEqual([]);
  });

  it("runs what one transaction asks at the same time one after the other, in order, without a warning", async () => {
    const warnings: string[] = [];
    const hear = ({ message }: Error) => void warnings.push(message);
    process.on("warning", hear);
    const answers = await database.db.transaction(async (transaction) =>
      Promise.all([1, 2, 3].map(async (number) => rowsOf(await transaction.execute(sql`select ${number}::int as number, pg_sleep(0.01)`)))),
    );
    process.off("warning", hear);
    expect(answers.map(([row]) => row)).toMatchObject([{ number: 1 }, { number: 2 }, { number: 3 }]);
    expect(warnings).toEqual([]);
  });

  it("refuses without showing the values of the query", async () => {
    const secret = "0151 23456789";
    const insert = () =>
      guarded("Saving a contact", () => database.db.insert(schema.contacts).values({ ...newContact(), addressHash: secret }));
    await insert();
    const error: unknown = await insert().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "DATABASE_FAILED", message: "Saving a contact: the database refused (SQLSTATE 23505)." });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
  });

  it("lets other faults pass as they are", async () => {
    const fault = new TypeError("not the database's");
    await expect(guarded("Saving", () => Promise.reject(fault))).rejects.toBe(fault);
  });
});

describe("a database that is away", () => {
  async function closedPort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = z.object({ port: z.number() }).parse(server.address());
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  it("is told as unavailable: a server that does not listen", async () => {
    const database = openServer(`postgres://postgres@127.0.0.1:${await closedPort()}/none`, { connections: 1 });
    const unavailable = { code: "DATABASE_UNAVAILABLE", message: expect.stringContaining("ECONNREFUSED") };
    await expect(guarded("Asking", () => database.db.execute(sql`select 1`))).rejects.toMatchObject(unavailable);
    await expect(guarded("Asking", () => database.transact((run) => run("select 1")))).rejects.toMatchObject(unavailable);
    await expect(migrate(database)).rejects.toMatchObject(unavailable);
    await database.close();
  });

  it("is told as unavailable: a server that takes connections and never answers", async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = z.object({ port: z.number() }).parse(silent.address());
    const database = openServer(`postgres://postgres@127.0.0.1:${port}/none`, { connections: 1, answerWithinMs: 200 });
    const unavailable = { code: "DATABASE_UNAVAILABLE" };
    await expect(guarded("Asking", () => database.db.execute(sql`select 1`))).rejects.toMatchObject(unavailable);
    await expect(guarded("Asking", () => database.db.transaction((inner) => inner.execute(sql`select 1`)))).rejects.toMatchObject(
      unavailable,
    );
    await database.close();
    silent.close();
  });

  it.runIf(databaseKinds().includes("server"))("is asked anew on another connection once one has gone silent", async () => {
    const server = await openEmptyDatabase("server");
    const network = await openBadNetwork();
    network.leadTo(server.url ?? "");
    const url = new URL(server.url ?? "");
    url.port = new URL(network.url).port;
    const database = openServer(url.href, { connections: 1, answerWithinMs: 500 });
    const ask = () => guarded("Asking", () => database.db.execute(sql`select 1`));
    await ask();
    network.freeze();
    await expect(ask()).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    await ask();
    const broken = guarded("Writing", () =>
      database.db.transaction(async (inner) => {
        await inner.execute(sql`create table half (id integer)`);
        network.freeze();
        await inner.execute(sql`insert into half values (1)`);
      }),
    );
    await expect(broken).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    await ask();
    const { rows } = z.object({ rows: z.unknown().array() }).parse(await server.db.execute(sql`select to_regclass('half') as name`));
    expect(rows).toEqual([{ name: null }]);
    await database.close();
    await network.close();
    await server.close();
  });

  it.each(databaseKinds())("is told as unavailable: one that was closed (%s)", async (kind) => {
    const database = await openEmptyDatabase(kind);
    await database.close();
    const unavailable = { code: "DATABASE_UNAVAILABLE" };
    await expect(guarded("Asking", () => database.db.execute(sql`select 1`))).rejects.toMatchObject(unavailable);
    await expect(guarded("Asking", () => database.transact((run) => run("select 1")))).rejects.toMatchObject(unavailable);
  });
});
