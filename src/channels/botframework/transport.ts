import type { ConnectorClientOptions } from "botframework-connector";
import { z } from "zod";
import { SendError, type SendFault } from "../../core/errors.ts";
import type { IsKnownService } from "./service-hosts.ts";

type HttpClient = NonNullable<ConnectorClientOptions["httpClient"]>;
type Outgoing = Parameters<HttpClient["sendRequest"]>[0];
type Answered = Awaited<ReturnType<HttpClient["sendRequest"]>>;

export interface TransportParts {
  readonly isKnownService: IsKnownService;
  readonly timeoutMs: number;
  /** Called when the connector does not take our token. */
  readonly onUnauthorized: () => void;
}

const Sent = z.object({ id: z.string().min(1) });

/** Codes of connections that never came about; on all others the activity may have arrived. */
const neverConnected: ReadonlySet<string> = new Set([
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"],
  ...["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "ERR_TLS_CERT_ALTNAME_INVALID", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
]);

/** Teams' table of statuses: https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability */
function faultOf(status: number): SendFault {
  if (status === 429) return "throttled";
  if (status === 403 || status === 404) return "gone";
  if (status === 408 || status === 504) return "uncertain";
  // The password may be right again in a moment; several calls at once meet a failed precondition.
  if (status === 401 || status === 412 || status >= 500) return "unreachable";
  return "refused";
}

/** Seconds of a Retry-After header, which may also be a date. */
function retryAfterOf(headers: Headers): { readonly retryAfterSeconds?: number } {
  const given = headers.get("retry-after");
  if (given === null) return {};
  const seconds = /^\d{1,6}$/.test(given) ? Number(given) : Math.ceil((Date.parse(given) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? { retryAfterSeconds: Math.max(0, seconds) } : {};
}

function networkFault(error: unknown, timeoutMs: number): SendError {
  if (error instanceof Error && error.name === "TimeoutError")
    return new SendError("uncertain", `The connector had no answer within ${timeoutMs} ms.`);
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "no code";
  // No cause: its message names host and port of a conversation's service.
  return new SendError(neverConnected.has(code) ? "unreachable" : "uncertain", `The connection to the connector failed (${code}).`);
}

async function call(request: Outgoing, timeoutMs: number): Promise<Response> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers.rawHeaders(),
      body: typeof request.body === "string" ? request.body : null,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    // A connector that breaks off in the middle of its answer is met here too.
    return new Response(await response.text(), { status: response.status, headers: response.headers });
  } catch (error) {
    throw networkFault(error, timeoutMs);
  }
}

/** The id out of the connector's answer; one without is as good as sent. */
function sentBody(text: string): string {
  try {
    return JSON.stringify(Sent.parse(JSON.parse(text)));
  } catch {
    return "{}";
  }
}

/**
 * What the SDK sends by: to known services only, once, without following anybody elsewhere. Every outcome but success is a SendError, which the SDK's own retries let pass; they would
 * wait and send again behind the outbox's back.
 */
export function createTransport({ isKnownService, timeoutMs, onUnauthorized }: TransportParts): HttpClient {
  return {
    async sendRequest(request): Promise<Answered> {
      if (!isKnownService(request.url))
        throw new SendError("refused", "The service of this conversation is not one of MICROSOFT_SERVICE_HOSTS.");
      const response = await call(request, timeoutMs);
      if (response.status === 401) onUnauthorized();
      if (!response.ok)
        throw new SendError(faultOf(response.status), `The connector answered ${response.status}.`, retryAfterOf(response.headers));
      const headers = request.headers.clone();
      for (const name of headers.headerNames()) headers.remove(name);
      return { request, headers, status: response.status, bodyAsText: sentBody(await response.text()) };
    },
  };
}
