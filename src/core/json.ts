import { AppError } from "./errors.ts";

const quote = '"'.charCodeAt(0);
const backslash = "\\".charCodeAt(0);
const opening = new Set(["[".charCodeAt(0), "{".charCodeAt(0)]);
const closing = new Set(["]".charCodeAt(0), "}".charCodeAt(0)]);

function isDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) inString = !inString;
    else if (inString && code === backslash) at += 1;
    else if (!inString && opening.has(code)) depth += 1;
    else if (!inString && closing.has(code)) depth -= 1;
    if (depth > maxDepth) return true;
  }
  return false;
}

/** Reads JSON from outside; throws REQUEST_INVALID, quoting nothing of it, where it is malformed or nested deeper than `maxDepth`. */
export function parseJson(text: string, maxDepth: number): unknown {
  if (isDeeperThan(text, maxDepth)) throw new AppError("REQUEST_INVALID", `The JSON is nested deeper than ${maxDepth} levels.`);
  try {
    return JSON.parse(text);
  } catch {
    // No cause: the engine's message quotes the text.
    throw new AppError("REQUEST_INVALID", "The body is not JSON.");
  }
}
