import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { AppError, messageOf } from "../core/errors.ts";

/** Reads a file of JSON lines, empty ones left out; throws USAGE with the path, and with the line that is not `shape`. */
export async function readLines<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  shape: string,
): Promise<readonly z.output<Schema>[]> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new AppError("USAGE", `${path} cannot be read: ${messageOf(cause)}`, { cause });
  });
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (cause) {
      throw new AppError("USAGE", `${path}:${index + 1} is not ${shape}.`, { cause });
    }
  });
}
