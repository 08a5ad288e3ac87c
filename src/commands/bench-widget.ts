import { defineCommand } from "citty";
import { type WidgetReport, weighWidget } from "../bench/widget-size.ts";
import { measureWidgetSpeed, type Times, type WidgetSpeed } from "../bench/widget-speed.ts";
import { AppError } from "../core/errors.ts";
import { projectRoot } from "../node-content.ts";
import { prepareModels } from "./bench-faults.ts";
import { drawBar } from "./progress.ts";

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`.padStart(9);
const mostTries = 1000;

const printSize = ({ loaderGzBytes, panelGzBytes, fontBytes }: WidgetReport): string =>
  [
    `loader ${kilobytes(loaderGzBytes)} gz   every page that embeds the chat`,
    `panel  ${kilobytes(panelGzBytes)} gz   with the first press`,
    `fonts  ${kilobytes(fontBytes)}      with the first press, of a page in German`,
  ].join("\n");

function printSpeed({ tries, loaderScript, panelScript, firstAnswer }: WidgetSpeed): string {
  const line = (name: string, { medianMs, slowestMs }: Times) =>
    `${name.padEnd(14)} ${medianMs.toFixed(1).padStart(9)} ${slowestMs.toFixed(1).padStart(10)}`;
  return [
    `${`${tries} visits`.padEnd(14)} ${"median ms".padStart(9)} ${"slowest ms".padStart(10)}`,
    line("loader script", loaderScript),
    line("panel script", panelScript),
    line("first answer", firstAnswer),
  ].join("\n");
}

function readTries(given: string): number {
  const tries = Number(given);
  if (!(Number.isInteger(tries) && tries >= 1 && tries <= mostTries))
    throw new AppError("USAGE", `--tries ${given}: a whole number from 1 to ${mostTries}.`);
  return tries;
}

/** `npm run bench -- widget`. */
export function createWidgetBench(dataDir: () => string) {
  return defineCommand({
    meta: {
      name: "widget",
      description: `Weigh what pages load that embed the chat. With --speed also time it in Chromium: scripts, and the first answer over loopback.

Examples:
  npm run -s bench -- widget --json
  npm run -s bench -- widget --speed --tries 20`,
    },
    args: {
      speed: { type: "boolean", description: "visit a page of a server on loopback in Chromium" },
      tries: { type: "string", default: "12", description: "visits" },
      browser: { type: "string", default: "/usr/bin/chromium", description: "Chromium's program" },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      const tries = readTries(args.tries);
      const size = await weighWidget(projectRoot);
      const onProgress = drawBar(process.stderr, "Visiting", tries);
      if (args.speed === true) await prepareModels(dataDir());
      const speed =
        args.speed === true ? await measureWidgetSpeed({ tries, dataDir: dataDir(), browser: args.browser, onProgress }) : undefined;
      const lines = [printSize(size), ...(speed === undefined ? [] : ["", printSpeed(speed)])];
      process.stdout.write(
        `${args.json === true ? JSON.stringify({ ...size, ...(speed === undefined ? {} : { speed }) }) : lines.join("\n")}\n`,
      );
    },
  });
}
