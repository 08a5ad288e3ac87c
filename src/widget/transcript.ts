import { plainText } from "./render-reply.ts";
import type { Strings } from "./settings.ts";
import type { Entry } from "./talk.ts";

const fileName = "stadtlotse.txt";
/** Browsers begin to save within a moment; the address may go then. */
const releaseAfterMs = 1_000;

function transcriptOf(entries: readonly Entry[], { you, assistant, human }: Strings): string {
  const lines = entries.map((entry) => {
    if (entry.kind === "own") return `${you}:\n${entry.message.label}`;
    if (entry.kind === "note") return entry.text;
    return `${entry.reply.writer === "human" ? human : assistant}:\n${plainText(entry.reply)}`;
  });
  return `${lines.join("\n\n")}\n`;
}

/** Saves a talk as a text file. */
export function saveTranscript(entries: readonly Entry[], strings: Strings): void {
  const address = URL.createObjectURL(new Blob([transcriptOf(entries, strings)], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), releaseAfterMs);
}
