import type { MessageContent } from "../core/message.ts";

/** A waiting message as far as merging looks at it; `receivedAt` in seconds of the database's clock. */
export interface Mergeable {
  readonly content: MessageContent;
  readonly receivedAt: number;
  readonly attempts: number;
}

const longestGapSeconds = 1.5;
/** Characters; longer texts are not understood sentence by sentence. */
const longestText = 2000;

/** A command is one by how its text begins. */
const isCommand = (text: string) => text.trimStart().startsWith("/");

function standsWithOthers({ content, attempts }: Mergeable): boolean {
  return content.kind === "text" && content.edited !== true && !isCommand(content.text) && attempts === 0;
}

const writerOf = ({ content }: Mergeable) => (content.kind === "text" ? content.by : undefined);
const lengthOf = ({ content }: Mergeable) => (content.kind === "text" ? content.text.length : 0);

/**
 * How many of a conversation's waiting messages, oldest first, are understood together: words of one person that follow each other within 1.5 s. Buttons, places, commands, corrected words and the like
 * stand alone, and so does a message whose answer has failed before, so that it takes no other one with it.
 */
export function countTogether(waiting: readonly Mergeable[]): number {
  const [head] = waiting;
  if (head === undefined || !standsWithOthers(head)) return Math.min(1, waiting.length);
  let length = lengthOf(head);
  const end = waiting.findIndex((message, index) => {
    const before = waiting[index - 1];
    if (before === undefined) return false;
    if (!standsWithOthers(message) || writerOf(message) !== writerOf(head)) return true;
    length += 1 + lengthOf(message);
    return message.receivedAt - before.receivedAt > longestGapSeconds || length > longestText;
  });
  return end === -1 ? waiting.length : end;
}

/** The one content of messages that are understood together: their texts, a line each. */
export function mergeContents(contents: readonly [MessageContent, ...MessageContent[]]): MessageContent {
  if (contents.length === 1) return contents[0];
  return { kind: "text", text: contents.flatMap((content) => (content.kind === "text" ? [content.text] : [])).join("\n") };
}
