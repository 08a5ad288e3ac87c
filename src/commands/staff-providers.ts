import { defineCommand } from "citty";
import { z } from "zod";
import type { Config } from "../config.ts";
import type { DemandCell } from "../core/demand.ts";
import { demandCsv } from "../pages/demand-csv.ts";
import { runOperation } from "./operations.ts";
import { print } from "./print.ts";

const json = { json: { type: "boolean", description: "print JSON" } } as const;
const organization = { type: "positional", description: "the organisation's name, as in its offers" } as const;

const Invited = z.object({ path: z.string(), publicUrl: z.string().nullish(), expiresAt: z.string() });
const Cells = z.custom<readonly DemandCell[]>(Array.isArray);

/** The link in full: the address of the server that made it, else what the environment says. */
function linkOf({ path, publicUrl }: z.output<typeof Invited>, { publicUrl: own, host, port }: Config): string {
  return `${(publicUrl ?? own ?? `http://${host}:${port}`).replace(/\/+$/, "")}${path}`;
}

/** What staff do for organisations and with their proposals, and what they read of the demand. */
export function createProviderCommands(config: () => Config) {
  const listing = (name: string, description: string) =>
    defineCommand({
      meta: { name, description },
      args: json,
      run: async ({ args }) => print(await runOperation(config(), `staff.${name}`, {}), args.json === true),
    });
  const invite = defineCommand({
    meta: {
      name: "invite",
      description:
        'Print a link by which an organisation comes to its page: once, within 14 days.\n\nExamples:\n  npm run -s staff -- invite "Caritas München"\n  npm run -s staff -- invite --confirm "Caritas München"     asks whether all is still right',
    },
    args: { organization, confirm: { type: "boolean", description: "ask whether all is still right" }, ...json },
    run: async ({ args }) => {
      const purpose = args.confirm === true ? "confirm" : "join";
      const invited = Invited.parse(await runOperation(config(), "staff.invite", { organization: args.organization, purpose }));
      const link = linkOf(invited, config());
      const text = args.json === true ? JSON.stringify({ link, expiresAt: invited.expiresAt }) : `${link}\nUntil ${invited.expiresAt}`;
      process.stdout.write(`${text}\n`);
    },
  });
  const revoke = defineCommand({
    meta: { name: "revoke", description: "End every link and session of an organisation." },
    args: { organization, ...json },
    run: async ({ args }) => print(await runOperation(config(), "staff.revoke", { organization: args.organization }), args.json === true),
  });
  const closeReport = defineCommand({
    meta: { name: "close-report", description: "Close the report of a letter." },
    args: { id: { type: "positional", description: "the letter's number, as `reports` lists it" }, ...json },
    run: async ({ args }) => print(await runOperation(config(), "staff.close-report", { id: args.id }), args.json === true),
  });
  const demand = defineCommand({
    meta: { name: "demand", description: "What people asked for, by need, district and week; only numbers of 5 or more." },
    args: { csv: { type: "boolean", description: "print CSV" }, ...json },
    run: async ({ args }) => {
      const cells = Cells.parse(await runOperation(config(), "staff.demand", {}));
      if (args.csv === true) process.stdout.write(demandCsv(cells));
      else print(cells, args.json === true);
    },
  });
  return {
    invite,
    invitations: listing("invitations", "Links of the last weeks, and what became of them."),
    revoke,
    organizations: listing("organizations", "Organisations, their offers, and how many of them are due to be looked at."),
    proposals: listing("proposals", "Texts that organisations want changed."),
    reports: listing("reports", "Letters between organisations that were reported."),
    "close-report": closeReport,
    demand,
  };
}
