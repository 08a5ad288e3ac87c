import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../src/node-content.ts";

/** A row of a table that names a test: | clause | `test/…`: the test's name |. */
const row = /^\| [^|]+ \| `(?<file>test\/[^`]+)`: (?<name>.+) \|$/;
const otherRow = /^\| (?:Clause \| Test|--- \| ---) \|$/;

/** The rows of a section's table of clauses. */
async function rowsOf(section: string): Promise<readonly string[]> {
  const text = await readFile(join(projectRoot, "docs/channels.md"), "utf8");
  const [, after = ""] = text.split(`\n## ${section}\n`);
  const [own = ""] = after.split(/^## /m);
  return own.split("\n").filter((line) => line.startsWith("|") && !otherRow.test(line));
}

async function isThere(line: string): Promise<boolean> {
  const { file, name } = row.exec(line)?.groups ?? {};
  if (file === undefined || name === undefined) return false;
  const source = await readFile(join(projectRoot, file), "utf8");
  return [`"${name}"`, `'${name}'`, `\`${name}\``].some((quoted) => source.includes(quoted));
}

describe("docs/channels.md", () => {
  it.each(["Telegram", "Bot Framework (Teams)"])("names for each clause of %s a test that is there", async (section) => {
    const rows = await rowsOf(section);
    expect(rows.length).toBeGreaterThan(40);
    const found = await Promise.all(rows.map(isThere));
    expect(rows.filter((_, index) => found[index] !== true)).toEqual([]);
  });
});
