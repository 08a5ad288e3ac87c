import { readFile } from "node:fs/promises";
import { defineCommand } from "citty";
import { AppError, isMissing } from "../core/errors.ts";
import { checkPlainText, readability } from "../text/plain-language.ts";

async function readText(given: string): Promise<string> {
  try {
    return await readFile(given, "utf8");
  } catch (error) {
    if (isMissing(error) || (error instanceof Error && "code" in error && error.code === "ENAMETOOLONG")) return given;
    throw error;
  }
}

/** `npm run plain`: is a German text plain enough for the gate? */
export function createPlainCommand() {
  return defineCommand({
    meta: {
      name: "plain",
      description: `Check a German text against the rules of plain language. Ends with 1 if it does not pass.

Examples:
  npm run -s plain -- "Die Beratung ist kostenlos. Rufen Sie an."
  npm run -s plain -- summary.txt --json`,
    },
    args: {
      text: { type: "positional", required: false, description: "a text, or the path of a text file" },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      if (args._.length === 0) throw new AppError("USAGE", 'Give a text or a file: npm run -s plain -- "Die Beratung ist kostenlos."');
      const text = await readText(args._.join(" "));
      const scores = readability(text);
      const problems = checkPlainText(text);
      const lines = problems.map(({ rule, found, advice }) => `${rule}: ${found}. ${advice}`);
      const summary = `Wiener ${scores.wiener.toFixed(1)} · Amstad ${scores.amstad.toFixed(0)} (joined ${scores.amstadJoined.toFixed(0)}) · LIX ${scores.lix.toFixed(0)}`;
      process.stdout.write(
        `${args.json === true ? JSON.stringify({ ...scores, problems }) : [summary, ...(lines.length > 0 ? lines : ["Plain."])].join("\n")}\n`,
      );
      if (problems.length > 0) process.exitCode = 1;
    },
  });
}
