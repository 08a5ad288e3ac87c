import { readFile } from "node:fs/promises";
import { defineCommand } from "citty";
import { AppError, isMissing } from "../core/errors.ts";
import { checkPlainText, type PlainHit } from "../text/plain/check.ts";
import { readability } from "../text/plain/measures.ts";
import { placeOf } from "../text/plain/place.ts";
import { readText } from "../text/plain/read-text.ts";

async function readGiven(given: string): Promise<string> {
  try {
    return await readFile(given, "utf8");
  } catch (error) {
    if (isMissing(error) || (error instanceof Error && "code" in error && error.code === "ENAMETOOLONG")) return given;
    throw error;
  }
}

/** The line that the hit begins in, with marks below what was hit; a hit of several lines is marked to the end of the first. */
function underline(text: string, { start, end }: PlainHit): readonly string[] {
  const { column, lineText } = placeOf(text, start);
  const length = Math.max(1, Math.min(end - start, lineText.length - column + 1));
  return [`    ${lineText}`, `    ${" ".repeat(column - 1)}${"~".repeat(length)}`];
}

function printHit(text: string, hit: PlainHit): string {
  const { line, column } = placeOf(text, hit.start);
  return [`${line}:${column} ${hit.level} ${hit.rule}: ${hit.reason}`, ...underline(text, hit), `    ${hit.suggestion}`].join("\n");
}

/** `npm run plain`: is a German text plain enough for the gate? */
export function createPlainCommand() {
  return defineCommand({
    meta: {
      name: "plain",
      description: `Check a German text against the rules of plain language. Ends with 1 if an error keeps it from being published.

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
      const text = await readGiven(args._.join(" "));
      const scores = readability(readText(text, []).running);
      const hits = checkPlainText(text);
      const errors = hits.filter(({ level }) => level === "error").length;
      if (args.json === true) {
        const placed = hits.map((hit) => ({ ...hit, line: placeOf(text, hit.start).line, column: placeOf(text, hit.start).column }));
        process.stdout.write(`${JSON.stringify({ passes: errors === 0, ...scores, hits: placed })}\n`);
      } else {
        const summary = `Wiener ${scores.wiener.toFixed(1)} · Amstad ${scores.amstad.toFixed(0)} (joined ${scores.amstadJoined.toFixed(0)}) · LIX ${scores.lix.toFixed(0)}`;
        const verdict = `${errors === 0 ? "Passes" : "Does not pass"} the gate: ${errors} errors, ${hits.length - errors} warnings.`;
        process.stdout.write(`${[summary, ...hits.map((hit) => printHit(text, hit)), verdict].join("\n")}\n`);
      }
      if (errors > 0) process.exitCode = 1;
    },
  });
}
