import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pino from "pino";
import { loadHours } from "../catalogue/hours/load-hours.ts";
import type { ImportSettings } from "../catalogue/imports/import-operations.ts";
import { defaultFusion } from "../catalogue/vectors/fusion.ts";
import type { Answer } from "../core/answer.ts";
import type { Lesson } from "../core/content.ts";
import { AppError, isMissing } from "../core/errors.ts";
import type { Lang } from "../core/languages.ts";
import type { ControlHandler } from "../database/control-socket.ts";
import { type EmbeddedDatabase, openEmbedded } from "../database/embedded.ts";
import { type ContentSource, openContentSource, projectRoot } from "../node-content.ts";
import { createOperations } from "../node-operations.ts";
import { openModels, prepareDatabase } from "../node-platform.ts";
import { teach } from "../understanding/lessons.ts";
import type { ModelSource } from "../understanding/live-models.ts";
import type { TrainingProgress } from "../understanding/train.ts";
import type { TaughtKind } from "../understanding/training-set.ts";
import { type Stadtlotse, wire } from "../wire.ts";

/** Asks the whole assistant, channels' path included, on a throw-away database. */
export interface Session {
  /** Questions of one `conversation` are turns of one dialogue. */
  ask(question: { readonly text: string; readonly conversation: string; readonly lang?: Lang | undefined }): Promise<Answer>;
  /** Teaches a sentence, as staff do. */
  teach(kind: TaughtKind, lesson: Lesson): Promise<void>;
  /** Runs what other commands have a running server do; the next question meets what it changed. */
  readonly operate: ControlHandler;
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly demo: boolean;
  /** Holds the cache of trained models and database templates. */
  readonly dataDir: string;
  readonly onProgress: TrainingProgress;
  readonly imports?: ImportSettings | undefined;
}

const longestWaitMs = 60_000;
const keyBytes = 32;

/** A copy of a prepared database; the first one is prepared and kept as a template, which is ten times faster to copy. */
async function openFromTemplate(source: ContentSource, cacheDir: string): Promise<EmbeddedDatabase> {
  const path = join(cacheDir, source.modelKey, "database.tar");
  const template = await readFile(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
  if (template !== undefined) {
    const copy = await openEmbedded({ template: new Blob([template]) });
    // A template of an older checkout lacks the newest migrations.
    await prepareDatabase(copy, source);
    return copy;
  }
  const database = await openEmbedded({});
  await prepareDatabase(database, source);
  const dump = await database.dump();
  await mkdir(join(cacheDir, source.modelKey), { recursive: true });
  await writeFile(`${path}.${process.pid}`, new Uint8Array(await dump.arrayBuffer()));
  await rename(`${path}.${process.pid}`, path);
  return database;
}

async function wireSession(database: EmbeddedDatabase, models: ModelSource, demo: boolean): Promise<Stadtlotse> {
  const settings = {
    allowedOrigins: [],
    telegram: undefined,
    botframework: undefined,
    directlineSecret: undefined,
    searchEngine: "memory",
    searchFusion: defaultFusion,
  } as const;
  const log = pino({ level: "silent" });
  const dataKey = randomBytes(keyBytes);
  const assets = async () => undefined;
  const stadtlotse = await wire(settings, {
    database,
    models,
    loadHours,
    dataKey,
    publicUrl: "http://127.0.0.1",
    demo,
    assets,
    now: () => new Date(),
    log,
  });
  await stadtlotse.answering;
  return stadtlotse;
}

/** Opens a session; the first one after a change of content trains the models (about 10 s), later ones start in about 1 s. */
export async function openSession({ demo, dataDir, onProgress, imports = {} }: SessionOptions): Promise<Session> {
  const cacheDir = join(dataDir, "cache");
  const source = await openContentSource({ root: projectRoot, demo, cacheDir, onProgress });
  source.models().catch(() => undefined);
  await source.learning();
  const database = await openFromTemplate(source, cacheDir);
  const stadtlotse = await wireSession(database, openModels(database, source), demo).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });

  const early = new Map<number, Answer>();
  const waiting = new Map<number, (answer: Answer) => void>();
  stadtlotse.onAnswer((id, answer) => {
    const resolve = waiting.get(id);
    if (resolve === undefined) early.set(id, answer);
    else resolve(answer);
  });

  function answerTo(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const known = early.get(id);
      if (known !== undefined) return resolve(known);
      const timer = setTimeout(
        () =>
          reject(
            new AppError("DATABASE_FAILED", `No answer within ${longestWaitMs / 1000} s. Run with LOG_LEVEL=debug npm start to see why.`),
          ),
        longestWaitMs,
      );
      waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  return {
    ask: async ({ text, conversation, lang }) => {
      const accepted = await stadtlotse.inbox.accept({
        channel: "directline",
        externalId: randomUUID(),
        address: conversation,
        content: { kind: "text", text },
        interfaceLang: lang,
      });
      const answer = await answerTo(accepted.id);
      early.delete(accepted.id);
      waiting.delete(accepted.id);
      return answer;
    },
    teach: async (kind, lesson) => void (await teach(database.db, kind, lesson)),
    operate: createOperations(
      database.db,
      { onChange: stadtlotse.catalogue.refresh, onRetry: stadtlotse.wake, recogniser: stadtlotse.recogniser },
      imports,
    ),
    close: async () => {
      source.endLearning();
      await stadtlotse.stop();
      await database.close();
    },
  };
}
