import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Protocol buffers' wire format, as far as an ONNX file needs it. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

const integerField = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)]);

function bytesField(field: number, value: string | Buffer): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value) : value;
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
}

const message = (...fields: readonly Buffer[]) => Buffer.concat(fields);

const float32 = 1;
const int64 = 7;

/** ONNX's ValueInfoProto: a tensor whose axes are named or of a fixed size. */
function tensorInfo(name: string, type: number, axes: readonly (string | number)[]): Buffer {
  const dimensions = axes.map((axis) => bytesField(1, typeof axis === "string" ? bytesField(2, axis) : integerField(1, axis)));
  const tensor = message(integerField(1, type), bytesField(2, message(...dimensions)));
  return message(bytesField(1, name), bytesField(2, bytesField(1, tensor)));
}

/** An ONNX model of one node: the row of `table` at each token's id. */
function lookUpModel(table: Float32Array, dimensions: number): Buffer {
  const rows = table.length / dimensions;
  const node = message(
    bytesField(1, "table"),
    bytesField(1, "input_ids"),
    bytesField(2, "last_hidden_state"),
    bytesField(3, "look_up"),
    bytesField(4, "Gather"),
  );
  const initializer = message(
    integerField(1, rows),
    integerField(1, dimensions),
    integerField(2, float32),
    bytesField(8, "table"),
    bytesField(9, Buffer.from(table.buffer, table.byteOffset, table.byteLength)),
  );
  const graph = message(
    bytesField(1, node),
    bytesField(2, "tiny"),
    bytesField(5, initializer),
    bytesField(11, tensorInfo("input_ids", int64, ["batch", "sequence"])),
    bytesField(12, tensorInfo("last_hidden_state", float32, ["batch", "sequence", dimensions])),
  );
  const opset = message(bytesField(1, ""), integerField(2, 17));
  return message(integerField(1, 8), bytesField(2, "test"), bytesField(7, graph), bytesField(8, opset));
}

const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

const tokenizerOf = (vocab: Readonly<Record<string, number>>) => ({
  version: "1.0",
  added_tokens: special.map((content, id) => ({
    ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
  })),
  normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: false, lowercase: true },
  pre_tokenizer: { type: "BertPreTokenizer" },
  post_processor: null,
  decoder: null,
  model: { type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 100, vocab },
});

/** What a tiny model knows. */
export interface TinyModel {
  /** Words of one group mean the same: they have one vector, at a right angle to the others' (as long as there are fewer groups than dimensions). */
  readonly groups: readonly (readonly string[])[];
  readonly dimensions?: number;
  /** What the model was made from, as its configuration tells. */
  readonly madeFrom?: string;
  /** False for a model whose file is called as the full one. */
  readonly quantized?: boolean;
}

/** The files of a model in the layout of the hub, by path: it embeds a text as the mean of its words' vectors, and words it does not know as a small one. */
export function tinyModelFiles({
  groups,
  dimensions = 16,
  madeFrom = "test/tiny",
  quantized = true,
}: TinyModel): ReadonlyMap<string, string | Buffer> {
  const words = groups.flat();
  const vocab = Object.fromEntries([...special, ...words].map((word, id) => [word, id]));
  const table = new Float32Array((special.length + words.length) * dimensions).fill(0);
  const at = (id: number, axis: number, value: number) => {
    table[id * dimensions + axis] = value;
  };
  at(special.indexOf("[UNK]"), dimensions - 1, 0.1);
  for (const [group, members] of groups.entries()) for (const word of members) at(vocab[word] ?? 0, group % (dimensions - 1), 1);
  const json = (value: unknown) => JSON.stringify(value);
  return new Map<string, string | Buffer>([
    ["config.json", json({ _name_or_path: madeFrom, model_type: "bert", architectures: ["BertModel"], hidden_size: dimensions })],
    ["tokenizer.json", json(tokenizerOf(vocab))],
    ["tokenizer_config.json", json({ tokenizer_class: "BertTokenizer", model_max_length: 512, pad_token: "[PAD]", unk_token: "[UNK]" })],
    [quantized ? "onnx/model_quantized.onnx" : "onnx/model.onnx", lookUpModel(table, dimensions)],
  ]);
}

/** Writes a tiny model into a folder, which it makes. */
export async function writeTinyModel(folder: string, model: TinyModel): Promise<string> {
  await mkdir(join(folder, "onnx"), { recursive: true });
  for (const [path, content] of tinyModelFiles(model)) await writeFile(join(folder, path), content);
  return folder;
}
