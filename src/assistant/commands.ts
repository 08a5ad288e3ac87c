import { type CommandId, findCommand } from "../words/commands.ts";

/** A word behind a slash: one that is known, the opening of a talk, or one that nobody knows. `rest` are the words after it. */
export type Command =
  | { readonly kind: "known"; readonly id: CommandId; readonly rest: string }
  | { readonly kind: "start"; readonly topic: string | undefined; readonly rest: string }
  | { readonly kind: "unknown"; readonly rest: string };

const command = /^\s*\/([\p{L}\p{N}_]{1,64})(?:@\w+)?(?:\s+([\s\S]*))?$/u;

/** The command that a text is; undefined for all other text. */
export function readCommand(text: string): Command | undefined {
  const [, name = "", said = ""] = command.exec(text) ?? [];
  if (name === "") return undefined;
  const rest = said.trim();
  if (name.toLowerCase() === "start") return { kind: "start", topic: /^[\w-]{1,64}$/.test(rest) ? rest : undefined, rest };
  const id = findCommand(name);
  return id === undefined ? { kind: "unknown", rest: `${name} ${rest}`.trim() } : { kind: "known", id, rest };
}
