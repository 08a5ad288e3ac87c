import type { Logger } from "pino";
import { pino } from "pino/browser";

/** Lines of JSON to the console, which the platform keeps; pino's part for Node writes to files. */
export function createWorkerLog(level: string): Logger {
  const write = (line: object): void => console.info(JSON.stringify(line));
  return pino({ level, browser: { asObject: true, write } }) as Logger;
}
