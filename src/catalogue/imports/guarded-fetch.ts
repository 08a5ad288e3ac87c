import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../core/errors.ts";
import { AnswerError, type Fetched } from "../importers/importer.ts";
import { type HttpRequest, sendRequest, shownUrl } from "./http-request.ts";
import { isAllowedByName, resolvePublic } from "./public-address.ts";

/** What fetching holds to; the limits are per answer. */
export interface FetchSettings {
  /** Hosts that may lie in a private network, by name, with or without a port. */
  readonly allowedHosts: readonly string[];
  /** Between two requests to one host. */
  readonly pauseMs: number;
  /** Between two requests to a host that is allowed by name: it is the city's own. */
  readonly allowedPauseMs: number;
  readonly mostBytes: number;
  readonly timeoutMs: number;
  /** Asked to wait by 429 or 503, no longer than this each time. */
  readonly longestWaitMs: number;
  /** Requests in all for one answer: those that were asked to wait, and those that broke. */
  readonly mostTries: number;
}

export const defaultFetchSettings: FetchSettings = {
  allowedHosts: [],
  pauseMs: 500,
  allowedPauseMs: 0,
  mostBytes: 64 * 2 ** 20,
  timeoutMs: 60_000,
  longestWaitMs: 60_000,
  mostTries: 4,
};

/** A request as importers make it; `headers` are the engine's conditions. */
export interface GuardedRequest {
  readonly url: string;
  readonly body?: unknown;
  readonly accept?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Fetches with every guard; a 304 is returned, any other answer that is not 2xx throws AnswerError. */
export type GuardedFetch = (request: GuardedRequest) => Promise<Fetched>;

const mostRedirects = 5;
const firstWaitMs = 1000;
const redirects = new Set([301, 302, 303, 307, 308]);
const busy = new Set([429, 503]);
const notModified = 304;
const keepsMethod = new Set([307, 308]);

/** Milliseconds that a Retry-After header asks for (seconds, or a date); undefined where it says nothing. */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

function parseUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base);
  if (url === null) throw new AppError("FORBIDDEN", "An address is no URL. It must begin with https:// or http://.");
  return url;
}

/** Makes the fetch of a process: the pauses between requests count over all that use it. */
export function createGuardedFetch(settings: FetchSettings): GuardedFetch {
  const freeAt = new Map<string, number>();

  async function waitForTurn(url: URL): Promise<void> {
    const pause = isAllowedByName(url, settings.allowedHosts) ? settings.allowedPauseMs : settings.pauseMs;
    const now = Date.now();
    const turn = Math.max(now, freeAt.get(url.host) ?? 0);
    freeAt.set(url.host, turn + pause);
    if (turn > now) await sleep(turn - now);
  }

  async function once(request: Omit<HttpRequest, "addresses" | "mostBytes" | "timeoutMs">): Promise<Fetched> {
    const addresses = await resolvePublic(request.url, settings.allowedHosts);
    await waitForTurn(request.url);
    return await sendRequest({ ...request, addresses, mostBytes: settings.mostBytes, timeoutMs: settings.timeoutMs });
  }

  async function waitAsAsked(answer: Fetched, tried: number): Promise<boolean> {
    if (!busy.has(answer.status) || tried >= settings.mostTries) return false;
    const asked = readRetryAfter(answer.headers["retry-after"], new Date()) ?? firstWaitMs * 2 ** (tried - 1);
    await sleep(Math.min(asked, settings.longestWaitMs));
    return true;
  }

  async function patiently(request: Parameters<typeof once>[0]): Promise<Fetched> {
    for (let tried = 1; ; tried += 1) {
      try {
        const answer = await once(request);
        if (!(await waitAsAsked(answer, tried))) return answer;
      } catch (error) {
        const broke = error instanceof AppError && error.code === "SOURCE_UNREACHABLE" && request.body === undefined;
        if (!broke || tried >= settings.mostTries) throw error;
        await sleep(Math.min(firstWaitMs * 2 ** (tried - 1), settings.longestWaitMs));
      }
    }
  }

  function nextOf(answer: Fetched, from: URL): URL {
    const next = parseUrl(answer.headers["location"] ?? "", from);
    if (from.protocol === "https:" && next.protocol === "http:")
      throw new AppError("FORBIDDEN", `${shownUrl(from)} leads from https to http. Nothing is read without encryption that began with it.`);
    return next;
  }

  return async ({ url: text, body: posted, accept = "*/*", headers = {} }) => {
    let url = parseUrl(text);
    let body = posted === undefined ? undefined : JSON.stringify(posted);
    const own = { accept, "user-agent": "Stadtlotse-Import/1" };
    for (let hops = 0; ; hops += 1) {
      const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
      const answer = await patiently({ url, headers: { ...own, ...type, ...headers }, body });
      if (redirects.has(answer.status) && answer.headers["location"] !== undefined) {
        if (hops === mostRedirects)
          throw new AppError("SOURCE_UNREACHABLE", `${text.split("?")[0]} leads on and on: more than ${mostRedirects} redirects.`);
        if (!keepsMethod.has(answer.status)) body = undefined;
        url = nextOf(answer, url);
        continue;
      }
      const fine = (answer.status >= 200 && answer.status < 300) || answer.status === notModified;
      if (!fine) throw new AnswerError(`${shownUrl(url)} answered with status ${answer.status}.`, answer);
      return answer;
    }
  };
}
