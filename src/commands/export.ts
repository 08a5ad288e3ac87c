import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { defineCommand } from "citty";
import { z } from "zod";
import { ExportPiece, exportFormats } from "../catalogue/export/export-operations.ts";
import type { Config } from "../config.ts";
import { AppError, isMissing } from "../core/errors.ts";
import { withOperations } from "./operations.ts";
import { drawBar } from "./progress.ts";

type Format = (typeof exportFormats)[number];

/** Where pieces go; nothing stands under its name before all of it is there. */
interface Target {
  write(name: string, text: string): Promise<void>;
  /** Puts the files in place and says where they are. */
  finish(): Promise<readonly string[]>;
  drop(): Promise<void>;
}

async function writeTo(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}

/** Files by the names of pieces, at the paths that `pathOf` gives. */
function openFiles(pathOf: (name: string) => string): Target {
  const streams = new Map<string, WriteStream>();
  const partial = (path: string) => `${path}.${process.pid}.partial`;
  return {
    write: async (name, text) => {
      const path = pathOf(name);
      const known = streams.get(path);
      if (known !== undefined) return await writeTo(known, text);
      await mkdir(dirname(path), { recursive: true });
      const stream = createWriteStream(partial(path));
      await once(stream, "open");
      streams.set(path, stream);
      await writeTo(stream, text);
    },
    finish: async () => {
      for (const [path, stream] of streams) {
        stream.end();
        await once(stream, "close");
        await rename(partial(path), path);
      }
      return [...streams.keys()];
    },
    drop: async () => {
      for (const [path, stream] of streams) {
        stream.destroy();
        await rm(partial(path), { force: true });
      }
    },
  };
}

const standardOutput: Target = {
  write: (_, text) => writeTo(process.stdout, text),
  finish: async () => [],
  drop: async () => undefined,
};

async function openTarget(format: Format, out: string | undefined): Promise<Target> {
  if (format !== "content") return out === undefined ? standardOutput : openFiles(() => out);
  if (out === undefined) throw new AppError("USAGE", "Content is several files: give a folder, for example --out my-offers.");
  const there = await readdir(out).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw new AppError("USAGE", `${out} is no folder that can be read.`);
  });
  if (there.length > 0) throw new AppError("USAGE", `${out} is not empty. Content goes into a folder of its own.`);
  return openFiles((name) => join(out, name));
}

/** What was written. */
interface Summary {
  readonly format: Format;
  readonly offers: number;
  readonly files: readonly string[];
  readonly leftOut: ExportPiece["leftOut"];
}

async function runExport(config: Config, format: Format, target: Target): Promise<Summary> {
  return await withOperations(config, async (run) => {
    const leftOut: ExportPiece["leftOut"] = [];
    let bar: ((done: number) => void) | undefined;
    for (let name: string | undefined, from = 0; ; ) {
      const piece = ExportPiece.parse(await run("export.piece", { format, run: name, from }));
      for (const { name: file, text } of piece.files) await target.write(file, text);
      leftOut.push(...piece.leftOut);
      bar ??= drawBar(process.stderr, "Exporting", piece.total);
      bar(piece.done);
      if (piece.done >= piece.total) return { format, offers: piece.total - leftOut.length, files: await target.finish(), leftOut };
      name = piece.run;
      from = piece.done;
    }
  });
}

function describe({ offers, files, leftOut }: Summary): string {
  const where = files.length === 0 ? "" : ` in ${files.join(", ")}`;
  return [`${offers} offers${where}.`, ...leftOut.map(({ id, reason }) => `Left out: ${id} (${reason})`)].join("\n");
}

/** `npm run export`: the catalogue for others, also while the server runs. */
export function createExportCommand(config: () => Config) {
  return defineCommand({
    meta: {
      name: "export",
      description: `Write the catalogue for others, without what is made up; also while the server runs.

Examples:
  npm run -s export -- --format hsds --out services.json    services as /hsds/v3 gives them
  npm run -s export -- --format csv > offers.csv            a line an offer, for spreadsheets
  npm run -s export -- --format content --out my-offers     files in the form of knowledge/offers
  npm run -s export -- --format csv --out offers.csv --json a summary as JSON`,
    },
    args: {
      format: { type: "string", required: true, description: exportFormats.join(", ") },
      out: { type: "string", description: "the file, or for content the folder; the standard output without" },
      json: { type: "boolean", description: "print a summary as JSON; needs --out" },
    },
    run: async ({ args }) => {
      const parsed = z.enum(exportFormats).safeParse(args.format);
      if (!parsed.success) throw new AppError("USAGE", `--format is one of ${exportFormats.join(", ")}.`);
      if (args.json === true && args.out === undefined)
        throw new AppError("USAGE", "--json needs --out: the standard output has the export.");
      const target = await openTarget(parsed.data, args.out);
      try {
        const summary = await runExport(config(), parsed.data, target);
        if (args.json === true) process.stdout.write(`${JSON.stringify(summary)}\n`);
        else process.stderr.write(`${describe(summary)}\n`);
      } catch (error) {
        await target.drop();
        throw error;
      }
    },
  });
}
