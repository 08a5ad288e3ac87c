import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { createGunzip, createInflate } from "node:zlib";
import { AppError, messageOf } from "../../core/errors.ts";
import type { Fetched } from "../importers/importer.ts";
import type { PinnedAddress } from "./public-address.ts";

/** One request, without redirects and repetitions. */
export interface HttpRequest {
  readonly url: URL;
  readonly addresses: readonly PinnedAddress[];
  readonly headers: Readonly<Record<string, string>>;
  /** Posted where it is there. */
  readonly body: string | undefined;
  readonly mostBytes: number;
  /** For all of it, from the connection to the body's last byte. */
  readonly timeoutMs: number;
}

/** An address without its query, which may hold a key. */
export function shownUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function pinned(addresses: readonly PinnedAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else if (first !== undefined) callback(null, first.address, first.family);
  };
}

function decoded(stream: Readable, encoding: string | undefined): Readable {
  if (encoding === "gzip") return stream.pipe(createGunzip());
  if (encoding === "deflate") return stream.pipe(createInflate());
  return stream;
}

/** Sends a request to the pinned addresses; throws TOO_LARGE, TIMED_OUT or SOURCE_UNREACHABLE. */
export function sendRequest({ url, addresses, headers, body, mostBytes, timeoutMs }: HttpRequest): Promise<Fetched> {
  const where = shownUrl(url);
  return new Promise((resolve, reject) => {
    const fail = (error: AppError) => {
      reject(error);
      request.destroy();
    };
    const unreachable = (cause: unknown) =>
      fail(new AppError("SOURCE_UNREACHABLE", `${where} cannot be reached: ${messageOf(cause)}.`, { cause }));
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const request = send(url, {
      method: body === undefined ? "GET" : "POST",
      headers: { ...headers, "accept-encoding": "gzip, deflate" },
      lookup: pinned(addresses),
      // No pool: a connection that is kept open was pinned for another check.
      agent: false,
    });
    const timer = setTimeout(
      () => fail(new AppError("TIMED_OUT", `${where} gave no whole answer within ${timeoutMs / 1000} s.`)),
      timeoutMs,
    );
    request.on("error", unreachable);
    request.on("close", () => clearTimeout(timer));
    request.on("response", (response) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      const stream = decoded(response, response.headers["content-encoding"]);
      response.on("error", unreachable);
      stream.on("error", unreachable);
      stream.on("data", (piece: Buffer) => {
        bytes += piece.length;
        if (bytes > mostBytes) fail(new AppError("TOO_LARGE", `${where} is larger than ${Math.floor(mostBytes / 2 ** 20)} MB.`));
        else pieces.push(piece);
      });
      stream.on("end", () => {
        const named = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(named), body: Buffer.concat(pieces), url: url.href });
      });
    });
    request.end(body);
  });
}
