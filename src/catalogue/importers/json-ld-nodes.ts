import { Parser } from "htmlparser2";
import { messageOf } from "../../core/errors.ts";
import { brokenSource, type Document, decodeUtf8, parseSourceJson } from "./source.ts";

/** An object of JSON-LD; what its values are is looked at where they are read. */
export type Node = Readonly<Record<string, unknown>>;

/** An object with a type, and the JSON pointer to it, behind the script's number in a page. */
export interface PlacedNode {
  readonly place: string;
  readonly node: Node;
}

/** The objects of a document by @id, for those that are only named elsewhere. */
export interface Graph {
  readonly nodes: readonly PlacedNode[];
  readonly broken: readonly { readonly place: string; readonly reason: string }[];
  resolve(value: unknown): Node | undefined;
  /** All objects of a value that may be a list. */
  resolveAll(value: unknown): readonly Node[];
}

/** More scripts than any page has. */
const mostScripts = 500;

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value that may stand alone or in a list. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The types of an object without the vocabulary in front of them. */
export function typesOf(node: Node): readonly string[] {
  return listOf(node["@type"]).flatMap((type) =>
    typeof type === "string" ? [type.replace(/^(?:https?:\/\/schema\.org\/|schema:)/, "")] : [],
  );
}

/** The objects at the top: of an array, of @graph, of an ItemList's elements. */
function* topNodes(value: unknown, place: string): Generator<PlacedNode> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) yield* topNodes(each, `${place}/${index}`);
    return;
  }
  if (!isNode(value)) return;
  yield { place: place === "" ? "/" : place, node: value };
  for (const key of ["@graph", "itemListElement", "item", "mainEntity", "event", "events", "subEvent"])
    yield* topNodes(value[key], `${place}/${key}`);
}

function readScripts(html: string): readonly string[] {
  const scripts: string[] = [];
  let open = false;
  const parser = new Parser({
    onopentag(name, { type }) {
      open = name === "script" && type?.split(";")[0]?.trim().toLowerCase() === "application/ld+json";
      if (open) scripts.push("");
    },
    ontext(text) {
      if (open) scripts.push((scripts.pop() ?? "") + text);
    },
    onclosetag() {
      open = false;
    },
  });
  parser.end(html);
  return scripts;
}

function graphOf(nodes: readonly PlacedNode[], broken: Graph["broken"]): Graph {
  const byId = new Map<unknown, Node>();
  // What describes an object wins over what only names it.
  for (const { node } of nodes)
    if (node["@id"] !== undefined && Object.keys(node).length > 1 && !byId.has(node["@id"])) byId.set(node["@id"], node);
  const resolve = (value: unknown): Node | undefined => {
    const [first] = listOf(value);
    if (!isNode(first)) return undefined;
    return Object.keys(first).length === 1 ? (byId.get(first["@id"]) ?? first) : first;
  };
  const resolveAll = (value: unknown) =>
    listOf(value).flatMap((each): readonly Node[] => {
      const node = resolve(each);
      return node === undefined ? [] : [node];
    });
  return { nodes, broken, resolve, resolveAll };
}

function readPage(document: Document): Graph {
  const html = decodeUtf8(document.bytes, document.place);
  const scripts = readScripts(html);
  if (scripts.length === 0) throw brokenSource(document.place, "the page holds no script of the type application/ld+json");
  if (scripts.length > mostScripts) throw brokenSource(document.place, `the page holds more than ${mostScripts} scripts of JSON-LD`);
  if (!/<\/html>\s*(?:<!--[\s\S]*?-->\s*)*$/i.test(html.slice(-2000)))
    throw brokenSource(document.place, "the page is cut off: </html> is missing");
  const nodes: PlacedNode[] = [];
  const broken: { place: string; reason: string }[] = [];
  for (const [index, script] of scripts.entries()) {
    const place = `script ${index + 1}`;
    try {
      const text = script.replace(/^\s*(?:\/\/)?\s*<!\[CDATA\[|(?:\/\/)?\s*\]\]>\s*$/g, "");
      nodes.push(
        ...[...topNodes(parseSourceJson(Buffer.from(text), place), "")].map((each) => ({ ...each, place: `${place} ${each.place}` })),
      );
    } catch (error) {
      broken.push({
        place,
        reason: messageOf(error)
          .replace(/^script \d+: /, "")
          .replace(/\.$/, ""),
      });
    }
  }
  if (broken.length === scripts.length) throw brokenSource(document.place, `no script of JSON-LD can be read (${broken[0]?.reason})`);
  return graphOf(nodes, broken);
}

/** The objects of a .jsonld file or of the scripts of a page; throws SOURCE_INVALID where there are none. A script that is broken is told beside the others. */
export function readGraph(document: Document): Graph {
  const start = Buffer.from(document.bytes.subarray(0, 500)).toString("latin1").replace(/^ï»¿/, "").trimStart();
  if (start.startsWith("<")) return readPage(document);
  return graphOf([...topNodes(parseSourceJson(document.bytes, document.place), "")], []);
}
