import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { z } from "zod";
import { readLines } from "../../src/bench/read-lines.ts";
import { readContent } from "../../src/catalogue/content-files.ts";
import { serviceIdIn } from "../../src/catalogue/imports/same-offer.ts";
import { openSession, type Session } from "../../src/commands/session.ts";
import { projectRoot } from "../../src/node-content.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { itShared, sharedPath } from "../support/shared.ts";

const feed = sharedPath("data/zms/services.jsonl");

/** Everyday wordings with the numbers of the city services that answer them; none of them is a title or an example. */
const wordings: readonly (readonly [text: string, ...services: readonly string[]])[] = [
  ["perso abgelaufen", "1063441"],
  ["brauche neuen reisepass für urlaub", "1063453"],
  ["pass heute noch, flug ist morgen", "1080582"],
  ["geldbeutel geklaut, ausweis war drin", "1076889"],
  ["reisepass im zug liegen lassen", "1078273"],
  ["pin vom online ausweis vergessen", "10225119"],
  ["umgezogen, adresse im perso ändern", "10242339", "1063475"],
  ["wir sind als familie nach münchen gezogen und wollen uns anmelden", "10224132", "1063475"],
  ["neue wohnung anmelden beim amt", "1063475", "10224132"],
  ["polizeiliches führungszeugnis für neuen job", "1063565"],
  ["zeugnis kopie beglaubigen lassen", "1063426", "10225181"],
  ["muss bestätigen lassen dass ich noch lebe für ausländische rente", "10297413"],
  ["nachweis dass ich hier gemeldet bin", "1063576"],
  ["wie trete ich aus der kirche aus", "1063731"],
  ["wir wollen heiraten, wo melden wir uns", "1063648", "10396802"],
  ["meine verlobte ist aus brasilien, wir wollen heiraten", "10396802", "10314100"],
  ["auto verkauft, will es abmelden", "1064305"],
  ["neuwagen gekauft wo zulassen", "1063425"],
  ["gebrauchtes auto aus augsburg, jetzt wohn ich in münchen, ummelden", "1064314"],
  ["nummernschild geklaut", "1064271"],
  ["fahrzeugschein verloren", "1064275", "1064278"],
  ["h kennzeichen für meinen alten käfer", "1064311", "1064345"],
  ["motorrad nur im sommer fahren kennzeichen", "1064333"],
  ["auto überführen 5 tage kennzeichen", "1064323"],
  ["ein kennzeichen für zwei autos", "1080502"],
  ["auto aus italien mitgebracht anmelden", "1064076"],
  ["syrischen führerschein in deutschen umtauschen", "1071896"],
  ["führerschein für mietwagen in den usa", "1071854"],
  ["lkw führerschein läuft ab", "1064361"],
  ["taxischein machen", "1071764"],
  ["anwohner parken ausweis beantragen", "1072043"],
  ["parkausweis für rollstuhlfahrer", "1072012", "1072009"],
  ["kleingewerbe anmelden", "1063423"],
  ["mache meinen laden zu, gewerbe abmelden", "1063435"],
  ["ich will auf märkten verkaufen, brauche reisegewerbekarte", "1063525"],
  ["schlüssel verloren hat jemand abgegeben?", "10338650", "1063519"],
  ["fahrrad weg vielleicht im fundbüro", "10338647"],
  ["freundin aus indien einladen für visum", "1063741"],
  ["deutsche staatsbürgerschaft beantragen", "1071907"],
  ["mit meiner klasse die feuerwehr besuchen", "10389330", "10441961"],
  ["alte pistole vom opa abgeben", "10429902"],
];

const Wording = z.object({ question: z.string(), doc_id: z.string(), also: z.array(z.string()).default([]) });

/** Forty more, of services that none of the others is about; they were written before any search was run on them, and no word or number was fitted to one of them; families of words that were written later name some of their topics (docs/decisions/0031). */
async function readUnseen(): Promise<typeof wordings> {
  const lines = await readLines(join(projectRoot, "test/fixtures/zms-questions-2.jsonl"), Wording, "a question {question,doc_id,also?}");
  return lines.map(({ question, doc_id, also }) => [question, doc_id, ...also]);
}

describe("the imported services of the city", () => {
  let session: Session;
  /** Numbers of the services that the files' offers are. */
  const numbers = new Map<string, readonly string[]>();

  beforeAll(async () => {
    const { offers } = await readContent({ root: projectRoot, demo: false });
    for (const { id, url, bookingUrl } of offers)
      numbers.set(
        id,
        [url, bookingUrl ?? ""].flatMap((each) => serviceIdIn(each) ?? []),
      );
    session = await openSession({ demo: false, dataDir: await trainedCache(), onProgress: () => undefined });
    if (!existsSync(feed)) return;
    const report = await session.operate("import.run", { kind: "zms", from: { file: feed } });
    expect(report).toMatchObject({ state: "done" });
  }, trainingMs);
  afterAll(() => session?.close());

  /** The wordings whose answer shows none of their services, with what it shows instead. */
  async function missedOf(asked: typeof wordings): Promise<readonly string[]> {
    const missed: string[] = [];
    for (const [text, ...services] of asked) {
      const { summary } = await session.ask({ text, conversation: text });
      const answers = ({ id }: { readonly id: string }) =>
        services.some((service) => id === `zms-${service}` || numbers.get(id)?.includes(service) === true);
      if (!summary.offers.some(answers)) missed.push(`${text}: ${summary.kind} ${summary.offers.map(({ id }) => id).join(", ")}`);
    }
    return missed;
  }

  itShared("answer everyday wordings", async () => {
    const missed = await missedOf(wordings);
    expect(wordings.length - missed.length, missed.join("\n")).toBeGreaterThanOrEqual(41);
  });

  itShared("answer wordings that nothing was fitted to", async () => {
    const unseen = await readUnseen();
    const missed = await missedOf(unseen);
    expect(unseen).toHaveLength(40);
    expect(unseen.length - missed.length, missed.join("\n")).toBeGreaterThanOrEqual(31);
  });

  itShared("have the need that their federal key says", async () => {
    const text = "oldtimer kennzeichen";
    const { summary } = await session.ask({ text, conversation: text });
    const found = summary.offers.find(({ id }) => id === "zms-1064311");
    expect(found?.needs).toEqual(["auto"]);
  });

  itShared("do not make the assistant answer what is out of scope", async () => {
    const { intents } = await readContent({ root: projectRoot, demo: false });
    const sentences = intents.find(({ id }) => id === "out-of-scope")?.tests ?? [];
    const answered: string[] = [];
    for (const { text } of sentences) {
      const { summary } = await session.ask({ text, conversation: text });
      if (summary.kind !== "out-of-scope") answered.push(`${text}: ${summary.kind}`);
    }
    expect(sentences.length).toBeGreaterThan(20);
    expect(answered.length, answered.join("\n")).toBeLessThanOrEqual(1);
  });
});
