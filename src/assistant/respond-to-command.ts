import type { Finding, StoredData } from "../core/answer.ts";
import type { Catalogue } from "../core/catalogue.ts";
import { isLang } from "../core/languages.ts";
import type { CommandId } from "../words/commands.ts";
import type { Command } from "./commands.ts";
import type { ConversationContext } from "./context.ts";
import { respondToNeed } from "./respond.ts";
import { askForHuman } from "./respond-to-handover.ts";
import type { Response } from "./respond-to-search.ts";
import { listWatches, type WatchTurn } from "./respond-to-watch.ts";

/** Looks up what is kept of the conversation; asked for only where somebody wants to know. */
type FindStored = () => Promise<Omit<StoredData, "search">>;

const nothingUnderstood = { needs: [], slots: {} };

function lastSearch({ search, origin }: ConversationContext): StoredData["search"] {
  if (search === undefined) return undefined;
  const slots = Object.fromEntries(Object.entries(search.slots).filter(([, value]) => value !== undefined));
  return { text: search.text, needs: search.needs.map(({ id }) => id), slots, origin: search.origin ?? origin };
}

async function findingOf(
  id: Exclude<CommandId, "watches" | "human">,
  context: ConversationContext,
  findStored: FindStored,
): Promise<Finding> {
  switch (id) {
    case "help":
      return { kind: "meta", about: "help", unknownCommand: false };
    case "settings":
    case "privacy":
      return { kind: "meta", about: id };
    case "delete":
      return { kind: "meta", about: "delete-data" };
    case "my-data":
      return { kind: "meta", about: "my-data", stored: { ...(await findStored()), search: lastSearch(context) } };
    case "simple":
      return { kind: "confirmation", about: "simpler" };
    default:
      return id satisfies never;
  }
}

/** Opens the talk: with the offers of a need where a link names one, with a welcome otherwise. */
async function respondToStart(catalogue: Catalogue, topic: string | undefined, context: ConversationContext): Promise<Response> {
  const need = topic?.toLowerCase();
  if (need !== undefined && catalogue.findNeed(need) !== undefined) return await respondToNeed(catalogue, need, context);
  return { ...nothingUnderstood, intent: "greeting", finding: { kind: "meta", about: "welcome" }, context };
}

/** Answers a word behind a slash, the same on every channel; one that nobody knows is answered by the list of those that are known. */
export async function respondToCommand(
  catalogue: Catalogue,
  command: Command,
  context: ConversationContext,
  findStored: FindStored,
  turn: WatchTurn,
): Promise<Response> {
  if (command.kind === "start") return await respondToStart(catalogue, command.topic, context);
  const base = { ...nothingUnderstood, intent: command.kind === "unknown" ? "help" : command.id };
  if (command.kind === "unknown") return { ...base, finding: { kind: "meta", about: "help", unknownCommand: true }, context };
  if (command.id === "human") return askForHuman(context);
  if (command.id === "watches") return await listWatches(context, turn);
  const finding = await findingOf(command.id, context, findStored);
  return { ...base, finding, context: command.id === "simple" ? { ...context, simple: true } : context };
}

/** Answers a button of the settings (`lang:tr`, `simple:off`); undefined for any other value. */
export function respondToSetting(value: string, context: ConversationContext): Response | undefined {
  const base = { ...nothingUnderstood, intent: "settings" };
  const [setting, choice = ""] = value.split(":");
  if (setting === "simple") {
    const simple = choice === "on";
    return { ...base, finding: { kind: "confirmation", about: simple ? "simpler" : "longer" }, context: { ...context, simple } };
  }
  if (setting !== "lang" || !isLang(choice)) return undefined;
  return { ...base, finding: { kind: "confirmation", about: "language" }, context: { ...context, chosenLang: choice } };
}
