import { defineCommand, runCommand, showUsage } from "citty";
import { createAskCommand } from "../commands/ask.ts";
import { createBenchCommand } from "../commands/bench.ts";
import { createBuildCommand } from "../commands/build.ts";
import { createPlainCommand } from "../commands/plain.ts";
import { createStaffCommand } from "../commands/staff.ts";
import { readConfig } from "../config.ts";
import { AppError, messageOf } from "../core/errors.ts";

const dataDir = () => readConfig(process.env).dataDir;

const main = defineCommand({
  meta: { name: "stadtlotse", description: "Commands of Stadtlotse. Each has --help with examples." },
  subCommands: {
    ask: createAskCommand(dataDir),
    bench: createBenchCommand(dataDir, () => readConfig(process.env).databaseUrl),
    build: createBuildCommand(),
    plain: createPlainCommand(),
    staff: createStaffCommand(() => readConfig(process.env)),
  },
});

async function help(args: readonly string[]): Promise<void> {
  let command: typeof main = main;
  for (const name of args) {
    const next = Object.entries((await command.subCommands) ?? {}).find(([known]) => known === name)?.[1];
    if (next === undefined) break;
    command = next as typeof main;
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
