import type { ClusterDetails } from "../clusters/inbox.ts";

/** Questions that one message holds, the newest. */
const mostQuestions = 50;

/** What the receiver is sent; what the questions hold of people was taken out when they came in. */
export interface ForwardMessage {
  readonly id: string;
  readonly cluster: number;
  readonly title: string | undefined;
  readonly note: string | undefined;
  /** How often it was asked in all. */
  readonly asked: number;
  readonly languages: Readonly<Record<string, number>>;
  readonly channels: Readonly<Record<string, number>>;
  readonly districts: Readonly<Record<string, number>>;
  readonly needs: Readonly<Record<string, number>>;
  readonly questions: readonly { readonly at: string; readonly lang: string; readonly text: string }[];
  /** Its page in the console. */
  readonly url: string;
}

/** Makes the message of a forwarding, of the questions as they are now. */
export function messageOf(
  forward: { readonly id: string; readonly note: string | null },
  cluster: ClusterDetails,
  publicUrl: string,
): ForwardMessage {
  const { id, title, example, gaps, langs, channels, districts, needs, questions } = cluster;
  const kept = questions.flatMap(({ at, lang, text }) => (text === undefined ? [] : [{ at, lang, text }]));
  return {
    ...{ id: forward.id, cluster: id, title: title ?? example, note: forward.note ?? undefined, asked: gaps },
    ...{ languages: langs, channels, districts, needs, questions: kept.slice(0, mostQuestions) },
    url: new URL(`/console/inbox/${id}`, publicUrl).href,
  };
}

const hex = (bytes: ArrayBuffer) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** `sha256=` and the HMAC-SHA-256 (RFC 2104) of the moment, a point and the body, in hexadecimal digits; the moment is in seconds since 1970, so that an old message is known as one. */
export async function sign(secret: string, seconds: number, body: string): Promise<string> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return `sha256=${hex(await crypto.subtle.sign("HMAC", key, encode(`${seconds}.${body}`)))}`;
}
