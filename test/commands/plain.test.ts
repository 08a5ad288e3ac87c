import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "citty";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createPlainCommand } from "../../src/commands/plain.ts";

/** What the command prints, and what the process would end with. */
async function runPlain(...rawArgs: readonly string[]): Promise<{ readonly printed: string; readonly exitCode: unknown }> {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    await runCommand(createPlainCommand(), { rawArgs: [...rawArgs] });
    return { printed: write.mock.calls.map(([text]) => String(text)).join(""), exitCode: process.exitCode };
  } finally {
    write.mockRestore();
  }
}

describe("npm run plain", () => {
  afterEach(() => {
    process.exitCode = undefined;
  });

  it("underlines a hit in its line, says why and what to write, and ends with 1", async () => {
    const { printed, exitCode } = await runPlain("Rufen Sie an.\nBringen Sie Pass bzw. Karte mit.");
    expect(printed).toContain(
      [
        "2:18 error abbreviation: Was heißt das? Viele wissen es nicht.",
        "    Bringen Sie Pass bzw. Karte mit.",
        "                     ~~~~",
        "    Schreiben Sie: oder.",
      ].join("\n"),
    );
    expect(exitCode).toBe(1);
  });

  it("passes a text with warnings alone", async () => {
    const { printed, exitCode } = await runPlain("Dort hilft man Ihnen.");
    expect(printed).toContain("Passes the gate: 0 errors, 1 warnings.");
    expect(exitCode).toBeUndefined();
  });

  it("reads a file, and prints one JSON object with places", async () => {
    const folder = await mkdtemp(join(tmpdir(), "plain-"));
    try {
      const file = join(folder, "text.txt");
      await writeFile(file, "Gut.\nWarten Sie drei Tage.\n");
      const { printed } = await runPlain(file, "--json");
      expect(JSON.parse(printed)).toMatchObject({
        passes: false,
        hits: [{ rule: "number-word", found: "drei", start: 16, end: 20, line: 2, column: 12 }],
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("asks for a text where none is given", async () => {
    await expect(runPlain()).rejects.toMatchObject({ code: "USAGE" });
  });
});
