import { defineCommand } from "citty";
import { type WidgetReport, weighWidget } from "../bench/widget-size.ts";
import { projectRoot } from "../node-content.ts";

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`.padStart(9);

const print = ({ loaderGzBytes, panelGzBytes, fontBytes }: WidgetReport): string =>
  [
    `loader ${kilobytes(loaderGzBytes)} gz   every page that embeds the chat`,
    `panel  ${kilobytes(panelGzBytes)} gz   with the first press`,
    `fonts  ${kilobytes(fontBytes)}      with the first press, of a page in German`,
  ].join("\n");

/** `npm run bench -- widget`. */
export const widgetBench = defineCommand({
  meta: {
    name: "widget",
    description: `Weigh what pages load that embed the chat.

Example:
  npm run -s bench -- widget --json`,
  },
  args: { json: { type: "boolean", description: "print one JSON object" } },
  run: async ({ args }) => {
    const report = await weighWidget(projectRoot);
    process.stdout.write(`${args.json === true ? JSON.stringify(report) : print(report)}\n`);
  },
});
