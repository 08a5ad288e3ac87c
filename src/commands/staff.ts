import { defineCommand } from "citty";
import type { Config } from "../config.ts";
import { runOperation } from "./operations.ts";
import { print } from "./print.ts";
import { createArticleCommands } from "./staff-articles.ts";
import { createClusterCommands } from "./staff-clusters.ts";
import { createHandoverCommands } from "./staff-handovers.ts";
import { createParticipationCommands } from "./staff-participation.ts";
import { createProviderCommands } from "./staff-providers.ts";

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const json = { json: { type: "boolean", description: "print JSON" } } as const;

/** `npm run staff`: what staff do with the catalogue, also while the server runs. */
export function createStaffCommand(config: () => Config) {
  const listing = (name: string, description: string) =>
    defineCommand({
      meta: { name, description },
      args: json,
      run: async ({ args }) => print(await runOperation(config(), `staff.${name}`, {}), args.json === true),
    });
  const edit = defineCommand({
    meta: {
      name: "edit",
      description: `Set a field of an offer; it stays when the files change.\n\nExample:\n  npm run -s staff -- edit sperrmuell-abholung title '{"de":"Sperr-Müll abholen","en":"Bulky waste"}'`,
    },
    args: {
      offer: { type: "positional", description: "the offer's id" },
      field: { type: "positional", description: "the field" },
      value: { type: "positional", description: "JSON, or a text" },
      ...json,
    },
    run: async ({ args }) =>
      print(
        await runOperation(config(), "staff.edit", { offerId: args.offer, field: args.field, value: parseValue(args.value ?? "") }),
        args.json === true,
      ),
  });
  const reset = defineCommand({
    meta: {
      name: "reset",
      description: "Let the file's value show again.\n\nExample:\n  npm run -s staff -- reset sperrmuell-abholung title",
    },
    args: {
      offer: { type: "positional", description: "the offer's id" },
      field: { type: "positional", description: "the field" },
      ...json,
    },
    run: async ({ args }) =>
      print(await runOperation(config(), "staff.reset", { offerId: args.offer, field: args.field }), args.json === true),
  });
  const ofOrganization = (name: string, description: string) =>
    defineCommand({
      meta: { name, description },
      args: { organization: { type: "positional", description: "the organisation's name, as it stands in its offers" }, ...json },
      run: async ({ args }) =>
        print(await runOperation(config(), `staff.${name}`, { organization: args.organization }), args.json === true),
    });
  const sentence = {
    kind: { type: "positional", description: "need or intent" },
    ...json,
  } as const;
  const teach = defineCommand({
    meta: {
      name: "teach",
      description: `Teach what a sentence means; it is live in all processes within seconds.\n\nExamples:\n  npm run -s staff -- teach need schuldnerberatung "der gerichtsvollzieher war da"\n  npm run -s staff -- teach need none "hallo zusammen"     takes the sentence away from all needs`,
    },
    args: {
      ...sentence,
      label: { type: "positional", description: "the need's or intent's id, or none" },
      text: { type: "positional", description: "the sentence" },
    },
    run: async ({ args: { kind, label, text, json: asJson } }) =>
      print(await runOperation(config(), "staff.teach", { kind, text, label: label === "none" ? null : label }), asJson === true),
  });
  const forget = defineCommand({
    meta: {
      name: "forget",
      description: 'Take a lesson back.\n\nExample:\n  npm run -s staff -- forget need "der gerichtsvollzieher war da"',
    },
    args: { ...sentence, text: { type: "positional", description: "the sentence, as it was taught" } },
    run: async ({ args: { kind, text, json: asJson } }) =>
      print(await runOperation(config(), "staff.forget", { kind, text }), asJson === true),
  });
  const word = {
    need: { type: "positional", description: "the need's id" },
    lang: { type: "positional", description: "the language of the word, such as de" },
    word: { type: "positional", description: "one word or up to four" },
    ...json,
  } as const;
  const addWord = defineCommand({
    meta: {
      name: "add-word",
      description:
        'Add a word that people use for a need: offers of the need are found by it, and it is learned.\n\nExample:\n  npm run -s staff -- add-word abfall de "Sperrgut"',
    },
    args: word,
    run: async ({ args: { need, lang, word, json: asJson } }) =>
      print(await runOperation(config(), "staff.add-word", { need, lang, word, by: "command line" }), asJson === true),
  });
  const removeWord = defineCommand({
    meta: {
      name: "remove-word",
      description: 'Take a word that was added away from a need.\n\nExample:\n  npm run -s staff -- remove-word abfall de "Sperrgut"',
    },
    args: word,
    run: async ({ args: { need, lang, word, json: asJson } }) =>
      print(await runOperation(config(), "staff.remove-word", { need, lang, word }), asJson === true),
  });
  const decision = (name: string, description: string) =>
    defineCommand({
      meta: {
        name,
        description: `${description}\n\nExamples:\n  npm run -s staff -- ${name} import:zms\n  npm run -s staff -- ${name} duplicate:12\n  npm run -s staff -- ${name} proposal:7`,
      },
      args: {
        id: { type: "positional", description: "what `waiting` lists" },
        reason: { type: "positional", required: false, description: "why not, of a proposal: the organisation reads it" },
        ...json,
      },
      run: async ({ args: { id, reason, json: asJson } }) =>
        print(await runOperation(config(), `staff.${name}`, { id, reason }), asJson === true),
    });
  return defineCommand({
    meta: {
      name: "staff",
      description:
        "Work on the catalogue and on what is understood. Examples:\n  npm run -s staff -- list\n  npm run -s staff -- unchecked\n  npm run -s staff -- conflicts --json",
    },
    subCommands: {
      list: listing("list", "All offers, as citizens find them."),
      unchecked: listing("unchecked", "Offers that nobody has compared with their source."),
      overrides: listing("overrides", "Fields that staff or providers have set."),
      conflicts: listing("conflicts", "Fields that staff set and whose file has changed since."),
      edit,
      reset,
      teach,
      forget,
      words: listing("words", "Words that staff added to needs."),
      "add-word": addWord,
      "remove-word": removeWord,
      "api-key": ofOrganization(
        "api-key",
        `Make the key by which an organisation reports its free places (PUT /api/capacities); the one before no longer works.\n\nExample:\n  npm run -s staff -- api-key "Beispiel-Heim Nord"`,
      ),
      "api-keys": listing("api-keys", "Organisations that have a key."),
      "revoke-api-key": ofOrganization("revoke-api-key", "Take an organisation's key away."),
      imports: listing("imports", "Sources that offers are imported from, and how their last import went."),
      waiting: listing(
        "waiting",
        "What waits for a decision: imports that were held, offers that may be the same, texts of organisations.",
      ),
      approve: decision(
        "approve",
        "Say yes: put a held import in place, join two offers that are the same (the second is hidden), or take an organisation's text.",
      ),
      reject: decision("reject", "Say no: drop a held import, keep two offers apart for good, or leave an organisation's text."),
      ...createParticipationCommands(config, print),
      articles: createArticleCommands(config),
      clusters: createClusterCommands(config),
      handovers: createHandoverCommands(config),
      rejected: listing("rejected", "Answers that people called wrong: what was asked, what was shown, and why it was no good."),
      lessons: listing("lessons", "What staff taught."),
      ...createProviderCommands(config),
    },
  });
}
