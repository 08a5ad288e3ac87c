import { createComposer } from "./answers/composer.ts";
import { type Channel, channels, type Letters } from "./core/message.ts";
import type { Database } from "./database/database.ts";
import { createLetters } from "./messages/letters.ts";
import type { HandoverParts } from "./review/handovers/letters.ts";

/** Channels whose clients fetch what there is; on all others letters are sent, once a channel that is switched off is on again. */
const fetched: readonly Channel[] = ["directline"];

/** Letters that wait for a channel that is switched off, and stand in the transcript where clients fetch what there is. */
export function openLetters(): Letters<Database> {
  const sent = channels.filter((channel) => !fetched.includes(channel));
  return createLetters(() => sent, fetched);
}

/** What people of the city write with, in a running server and in a command; `onTold` is called after a commit that queued letters. */
export function openHandovers(db: Database, onTold: () => void): HandoverParts {
  const letters = openLetters();
  // What is said by or about people of the city names no need.
  return { db, letters, composer: createComposer(() => undefined), onTold };
}
