import { defineCommand, runCommand, showUsage } from "citty";
import { readConfig } from "../config.ts";
import { AppError, messageOf } from "../core/errors.ts";

const config = () => readConfig(process.env);
const dataDir = () => config().dataDir;

// Each is loaded when it is called: together they take 100 MB.
const main = defineCommand({
  meta: { name: "stadtlotse", description: "Commands of Stadtlotse. Each has --help with examples." },
  subCommands: {
    ask: async () => (await import("../commands/ask.ts")).createAskCommand(dataDir),
    audit: async () => (await import("../commands/audit.ts")).createAuditCommand(config),
    bench: async () => (await import("../commands/bench.ts")).createBenchCommand(config),
    build: async () => (await import("../commands/build.ts")).createBuildCommand(),
    export: async () => (await import("../commands/export.ts")).createExportCommand(config),
    import: async () => (await import("../commands/import.ts")).createImportCommand(config),
    messages: async () => (await import("../commands/messages.ts")).createMessagesCommand(config),
    "prepare-database": async () => (await import("../commands/prepare-database.ts")).createPrepareDatabaseCommand(config),
    plain: async () => (await import("../commands/plain.ts")).createPlainCommand(),
    staff: async () => (await import("../commands/staff.ts")).createStaffCommand(config),
  },
});

async function help(args: readonly string[]): Promise<void> {
  let command: typeof main = main;
  for (const name of args) {
    const next = Object.entries((await command.subCommands) ?? {}).find(([known]) => known === name)?.[1];
    if (next === undefined) break;
    command = (await (typeof next === "function" ? next() : next)) as typeof main;
  }
  await showUsage(command);
}

const args = process.argv.slice(2);
try {
  if (args.length === 0 || args.includes("--help") || args.includes("-h")) await help(args);
  else await runCommand(main, { rawArgs: args });
} catch (error) {
  process.stderr.write(
    `${error instanceof AppError ? messageOf(error) : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = error instanceof AppError && error.code === "USAGE" ? 2 : 1;
}
