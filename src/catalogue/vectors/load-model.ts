import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, isAbsolute, join, resolve } from "node:path";
import { pipeline as pipe } from "node:stream/promises";
import type { FeatureExtractionPipeline, ProgressCallback } from "@huggingface/transformers";
import { AppError, isMissing, messageOf } from "../../core/errors.ts";

/** Which model is loaded, and from where. */
export interface ModelPlace {
  /** A hub's id ("Xenova/multilingual-e5-small"), or a folder with config.json, tokenizer.json and onnx/. */
  readonly model: string;
  /** Holds what was fetched from a hub. */
  readonly cacheDir: string;
  /** The address of a mirror of the hub; Hugging Face's own if undefined. */
  readonly hub: string | undefined;
}

/** Whether a text asks or is searched; some models want to be told. */
export type TextRole = "query" | "passage";

/** A model in this thread. */
export interface LoadedModel {
  readonly key: string;
  readonly dimensions: number;
  /** Vectors of length 1, one after the other. */
  embed(role: TextRole, texts: readonly string[]): Promise<Float32Array>;
}

/** Characters of a text that are read at most; a model reads some 512 tokens of it. */
const longestText = 4000;

/** The models called E5 were trained with these words before each text, and are worse without. Those that take instructions were not. */
const isE5 = (name: string) => /(?:^|[/_-])e5(?:[_-]|$)/i.test(name) && !/instruct/i.test(name);

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
  return found?.isDirectory() === true;
}

async function importLibrary() {
  try {
    return await import("@huggingface/transformers");
  } catch (cause) {
    throw new AppError(
      "MODEL_INVALID",
      `EMBEDDING_MODEL is set, but the package @huggingface/transformers cannot be loaded (${messageOf(cause)}). It comes with \`npm ci\`, and after \`npm ci --omit=dev\` with: npm install --no-save --save-prod --omit=dev @huggingface/transformers`,
      { cause },
    );
  }
}

type Library = Awaited<ReturnType<typeof importLibrary>>;

/** The weights that are taken, the small ones first: what a rounded model loses in rank is little, and it is a quarter of the size. */
const precisions = [
  { dtype: "q8", file: "model_quantized.onnx" },
  { dtype: "fp32", file: "model.onnx" },
] as const;

type Precision = (typeof precisions)[number];

interface Found {
  readonly extractor: FeatureExtractionPipeline;
  readonly precision: Precision;
}

async function extractorOf(library: Library, name: string, precision: Precision, onProgress: ProgressCallback): Promise<Found> {
  const extractor = await library.pipeline("feature-extraction", name, {
    dtype: precision.dtype,
    progress_callback: onProgress,
    // Answers come first: half of the machine is left to them.
    session_options: { intraOpNumThreads: Math.max(1, Math.floor(availableParallelism() / 2)) },
  });
  return { extractor, precision };
}

async function loadFolder(library: Library, folder: string, onProgress: ProgressCallback): Promise<Found> {
  library.env.allowRemoteModels = false;
  for (const precision of precisions) {
    const there = await access(join(folder, "onnx", precision.file)).then(
      () => true,
      () => false,
    );
    if (there) return await extractorOf(library, folder, precision, onProgress);
  }
  throw new AppError("MODEL_INVALID", `${folder} holds no onnx/${precisions.map(({ file }) => file).join(" and no onnx/")}.`);
}

async function loadFromHub(library: Library, { model, cacheDir, hub }: ModelPlace, onProgress: ProgressCallback): Promise<Found> {
  library.env.allowLocalModels = false;
  library.env.cacheDir = cacheDir;
  if (hub !== undefined) library.env.remoteHost = hub.endsWith("/") ? hub : `${hub}/`;
  const [small, full] = precisions;
  try {
    return await extractorOf(library, model, small, onProgress);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ModelFileNotFoundError") throw error;
    return await extractorOf(library, model, full, onProgress);
  }
}

/** What tells one content of a file from another, 12 hexadecimal digits. */
async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipe(createReadStream(path), hash);
  return hash.digest("hex").slice(0, 12);
}

/** Loads a model into this thread, which its work will block; throws MODEL_INVALID where the library, the folder or the hub is not to be had. `onPercent` tells how much is fetched. */
export async function loadModel(place: ModelPlace, onPercent: (percent: number) => void): Promise<LoadedModel> {
  const folder = (await isFolder(place.model)) ? resolve(place.model) : undefined;
  if (folder === undefined && (isAbsolute(place.model) || place.model.startsWith(".")))
    throw new AppError("MODEL_INVALID", `EMBEDDING_MODEL: there is no folder ${place.model}.`);
  const library = await importLibrary();
  library.env.logLevel = library.LogLevel.ERROR;
  const onProgress: ProgressCallback = (info) => {
    if (info.status === "progress_total") onPercent(info.progress);
  };
  const { extractor, precision } = await (folder === undefined
    ? loadFromHub(library, place, onProgress)
    : loadFolder(library, folder, onProgress));
  const { _name_or_path: madeFrom } = extractor.model.config as { readonly _name_or_path?: unknown };
  const prefixed = isE5(place.model) || (typeof madeFrom === "string" && isE5(madeFrom));

  async function embed(role: TextRole, texts: readonly string[]): Promise<Float32Array> {
    const given = texts.map((text) => `${prefixed ? `${role}: ` : ""}${text.slice(0, longestText)}`);
    const { data } = await extractor(given, { pooling: "mean", normalize: true });
    if (!(data instanceof Float32Array)) throw new AppError("MODEL_INVALID", `${place.model} gives no float32 vectors.`);
    // A text without a single token has no mean.
    return data.map((value) => (Number.isFinite(value) ? value : 0));
  }

  const name = folder === undefined ? place.model : `${basename(folder)}@${await hashFile(join(folder, "onnx", precision.file))}`;
  const dimensions = (await embed("query", ["München"])).length;
  return { key: [name, precision.dtype, ...(prefixed ? ["prefixed"] : [])].join(" "), dimensions, embed };
}
