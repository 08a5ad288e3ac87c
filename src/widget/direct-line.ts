import type { ZodMiniType } from "zod/mini";
import { FoundStream, IssuedToken, PostedId, ReceivedPage, type ShownActivity, shownActivity } from "./activities.ts";

const timeoutMs = 15_000;

/** A conversation that this tab may use; `expiresAt` is in milliseconds since 1970 by this machine's clock. */
export interface Session {
  readonly conversationId: string;
  readonly token: string;
  readonly expiresAt: number;
}

/** A message of the person; `id` is its clientActivityID and stays the same when it is sent again. */
export interface Outgoing {
  readonly id: string;
  /** What the person sees as their message. */
  readonly label: string;
  /** What a pressed button posts; absent for typed words. */
  readonly value?: string | undefined;
  /** The words that are posted, where they are not those that are shown. */
  readonly text?: string | undefined;
  /** Where the person is; absent unless they shared it. */
  readonly place?: Place | undefined;
}

/** Degrees; the server keeps them to a kilometre. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

function saidIn({ label, value, text = label, place }: Outgoing): object {
  if (place !== undefined) return { entities: [{ type: "GeoCoordinates", ...place }] };
  return value === undefined ? { text } : { value };
}

/** Gone: the conversation cannot be used any more. Failed: the same request may work later. */
export type Result<Value> = { readonly kind: "done"; readonly value: Value } | { readonly kind: "gone" } | { readonly kind: "failed" };

export interface DirectLineClient {
  start(): Promise<Result<Session>>;
  refresh(session: Session): Promise<Result<Session>>;
  /** Gives the server's id of the message. */
  post(session: Session, outgoing: Outgoing): Promise<Result<string>>;
  /** The address of the WebSocket, good for a minute; undefined where the server has none. */
  findStream(session: Session, watermark: string): Promise<Result<string | undefined>>;
  read(session: Session, watermark: string): Promise<Result<{ readonly activities: readonly ShownActivity[]; readonly watermark: string }>>;
}

export interface DirectLineClientDeps {
  readonly endpoint: string;
  readonly lang: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
}

function map<From, To>(result: Result<From>, change: (value: From) => To): Result<To> {
  return result.kind === "done" ? { kind: "done", value: change(result.value) } : result;
}

/** Direct Line 3.0 for one tab. Never throws: no network, a slow server and a strange answer are "failed". */
export function createDirectLineClient({ endpoint, lang, fetch, now }: DirectLineClientDeps): DirectLineClient {
  async function call<Value>(schema: ZodMiniType<Value>, path: string, init: RequestInit): Promise<Result<Value>> {
    try {
      const response = await fetch(`${endpoint}${path}`, { ...init, credentials: "omit", signal: AbortSignal.timeout(timeoutMs) });
      if ([401, 403, 404].includes(response.status)) return { kind: "gone" };
      if (!response.ok) return { kind: "failed" };
      return { kind: "done", value: schema.parse(await response.json()) };
    } catch {
      return { kind: "failed" };
    }
  }

  const authorized = (token: string) => ({ Authorization: `Bearer ${token}` });
  const activitiesOf = (session: Session) => `/conversations/${encodeURIComponent(session.conversationId)}/activities`;
  const sessionOf = ({ conversationId, token, expires_in }: IssuedToken): Session => ({
    conversationId,
    token,
    expiresAt: now() + expires_in * 1000,
  });

  return {
    start: async () => {
      const issued = await call(IssuedToken, "/tokens/generate", { method: "POST" });
      if (issued.kind !== "done") return issued;
      return map(await call(IssuedToken, "/conversations", { method: "POST", headers: authorized(issued.value.token) }), sessionOf);
    },
    refresh: async (session) =>
      map(await call(IssuedToken, "/tokens/refresh", { method: "POST", headers: authorized(session.token) }), sessionOf),
    post: async (session, outgoing) => {
      const body = JSON.stringify({ type: "message", locale: lang, ...saidIn(outgoing), channelData: { clientActivityID: outgoing.id } });
      const headers = { ...authorized(session.token), "Content-Type": "application/json" };
      return map(await call(PostedId, activitiesOf(session), { method: "POST", headers, body }), (posted) => posted.id);
    },
    findStream: async (session, watermark) => {
      const path = `/conversations/${encodeURIComponent(session.conversationId)}?watermark=${encodeURIComponent(watermark)}`;
      return map(await call(FoundStream, path, { headers: authorized(session.token) }), ({ streamUrl }) => streamUrl);
    },
    read: async (session, watermark) => {
      const path = `${activitiesOf(session)}?watermark=${encodeURIComponent(watermark)}`;
      const page = await call(ReceivedPage, path, { headers: authorized(session.token) });
      return map(page, ({ activities, watermark: next }) => ({ activities: activities.map(shownActivity), watermark: next }));
    },
  };
}
