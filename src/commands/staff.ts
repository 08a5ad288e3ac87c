import { defineCommand } from "citty";
import { z } from "zod";
import { createStaffOperations } from "../catalogue/staff-operations.ts";
import type { Config } from "../config.ts";
import { AppError } from "../core/errors.ts";
import { callHolder, holdFolder } from "../database/control-socket.ts";
import { openEmbedded } from "../database/embedded.ts";
import { migrate } from "../database/migrate.ts";
import { openServer } from "../database/server.ts";
import { embeddedFolder } from "../node-platform.ts";

/** Runs one operation: on the server database, else in the process that holds DATA_DIR, else on the folder itself. */
async function runOperation(config: Config, name: string, input: unknown): Promise<unknown> {
  if (config.databaseUrl !== undefined) {
    const database = openServer(config.databaseUrl, { connections: 1 });
    try {
      return await createStaffOperations(database.db, async () => undefined)(name, input);
    } finally {
      await database.close();
    }
  }
  const held = await callHolder(config.dataDir, name, input);
  if (held !== undefined) return held.result;
  const release = await holdFolder(config.dataDir, async () => {
    throw new AppError("DATABASE_HELD", "A command is using the database at this moment. Try again.");
  });
  try {
    const database = await openEmbedded({ folder: embeddedFolder(config.dataDir) });
    try {
      await migrate(database);
      return await createStaffOperations(database.db, async () => undefined)(name, input);
    } finally {
      await database.close();
    }
  } finally {
    await release();
  }
}

const Rows = z.array(z.record(z.string(), z.unknown())).catch([]);

function print(result: unknown, json: boolean): void {
  if (json) return void process.stdout.write(`${JSON.stringify(result ?? null)}\n`);
  const rows = Rows.parse(result);
  const lines = rows.map((row) =>
    Object.values(row)
      .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
      .join("  "),
  );
  process.stdout.write(`${[...lines, result === undefined || result === null ? "Done." : `${rows.length} in all.`].join("\n")}\n`);
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const json = { json: { type: "boolean", description: "print JSON" } } as const;

/** `npm run staff`: what staff do with the catalogue, also while the server runs. */
export function createStaffCommand(config: () => Config) {
  const listing = (name: string, description: string) =>
    defineCommand({
      meta: { name, description },
      args: json,
      run: async ({ args }) => print(await runOperation(config(), `staff.${name}`, {}), args.json === true),
    });
  const edit = defineCommand({
    meta: {
      name: "edit",
      description: `Set a field of an offer; it stays when the files change.\n\nExample:\n  npm run -s staff -- edit sperrmuell-abholung title '{"de":"Sperr-Müll abholen","en":"Bulky waste"}'`,
    },
    args: {
      offer: { type: "positional", description: "the offer's id" },
      field: { type: "positional", description: "the field" },
      value: { type: "positional", description: "JSON, or a text" },
      ...json,
    },
    run: async ({ args }) =>
      print(
        await runOperation(config(), "staff.edit", { offerId: args.offer, field: args.field, value: parseValue(args.value ?? "") }),
        args.json === true,
      ),
  });
  const reset = defineCommand({
    meta: {
      name: "reset",
      description: "Let the file's value show again.\n\nExample:\n  npm run -s staff -- reset sperrmuell-abholung title",
    },
    args: {
      offer: { type: "positional", description: "the offer's id" },
      field: { type: "positional", description: "the field" },
      ...json,
    },
    run: async ({ args }) =>
      print(await runOperation(config(), "staff.reset", { offerId: args.offer, field: args.field }), args.json === true),
  });
  return defineCommand({
    meta: {
      name: "staff",
      description:
        "Work on the catalogue. Examples:\n  npm run -s staff -- list\n  npm run -s staff -- unchecked\n  npm run -s staff -- conflicts --json",
    },
    subCommands: {
      list: listing("list", "All offers, as citizens find them."),
      unchecked: listing("unchecked", "Offers that nobody has compared with their source."),
      overrides: listing("overrides", "Fields that staff or providers have set."),
      conflicts: listing("conflicts", "Fields that staff set and whose file has changed since."),
      edit,
      reset,
    },
  });
}
