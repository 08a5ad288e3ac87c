import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { AppError } from "../core/errors.ts";
import { start } from "../node-start.ts";

const help = `Start Stadtlotse.

  npm start                     the embedded database in .data, http://127.0.0.1:8787
  npm start -- --port 9000      another port (0 takes a free one)
  npm start -- --demo           with made-up free places, to show what it can do
  DATABASE_URL=postgres://… DATA_KEY=… npm start

Options:
  --port N    the port; the environment variable PORT otherwise
  --demo      loads knowledge/demo; only embedded, on loopback, without channel tokens
  --telegram-polling
              asks Telegram for messages instead of waiting for its webhook, for trials without a public address;
              takes the bot's webhook away
  --help      this text
`;

try {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      demo: { type: "boolean", default: false },
      "telegram-polling": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) process.stdout.write(help);
  else {
    const environment = values.port === undefined ? process.env : { ...process.env, PORT: values.port };
    await start(readConfig(environment, { telegramPolling: values["telegram-polling"] }), { demo: values.demo });
  }
} catch (error) {
  const expected = error instanceof AppError || (error instanceof TypeError && "code" in error);
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
