import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../src/node-content.ts";

const line =
  /^\| (?<boundary>[^|]+) \| (?<kind>[STRIDE]) \| (?<threat>[^|]+) \| (?<guard>[^|]+) \| (?<file>test\/\S+): "(?<title>[^"]+)" \|$/;

const table = (await readFile(join(projectRoot, "docs/security.md"), "utf8"))
  .split("\n")
  .filter((each) => each.startsWith("| ") && !/^\| (?:Boundary|---)/.test(each));
const threats = table.map((each) => {
  const groups = line.exec(each)?.groups;
  return { each, file: groups?.["file"] ?? "", title: groups?.["title"] ?? "", kind: groups?.["kind"] ?? "" };
});

describe("the threats of docs/security.md", () => {
  it.each(threats)("$title", async ({ each, file, title }) => {
    expect(each).toMatch(line);
    expect(await readFile(join(projectRoot, file), "utf8")).toContain(`"${title}"`);
  });

  it("are of every kind", () => {
    expect([...new Set(threats.map(({ kind }) => kind))].sort()).toEqual([..."DEIRST"]);
    expect(threats.length).toBeGreaterThan(30);
  });
});
