import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";

const Metadata = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) });
const Endorsed = z.object({ kid: z.string(), endorsements: z.array(z.string()).optional() });

const keptMs = 24 * 60 * 60 * 1000;

/** The keys that Bot Framework's connector signs with. */
export interface SigningKeys {
  readonly find: JWTVerifyGetKey;
  /** The channels that the key may speak for; empty where it names none. */
  endorsementsOf(keyId: string): readonly string[];
}

async function fetchKeySetUrl(metadataUrl: string, timeoutMs: number): Promise<URL> {
  const response = await fetch(metadataUrl, { signal: AbortSignal.timeout(timeoutMs), redirect: "manual" });
  if (!response.ok) throw new AppError("SERVER_UNREACHABLE", `The OpenID metadata of Bot Framework answered ${response.status}.`);
  const metadata = Metadata.safeParse(await response.json());
  if (!metadata.success) throw new AppError("SERVER_UNREACHABLE", "The OpenID metadata of Bot Framework names no keys.");
  const url = new URL(metadata.data.jwks_uri);
  // Keys over plain HTTP could be anybody's; only a metadata document that is itself local (in tests) may name such.
  if (url.protocol !== "https:" && url.origin !== new URL(metadataUrl).origin)
    throw new AppError("SERVER_UNREACHABLE", "The OpenID metadata of Bot Framework names keys at an address without https.");
  return url;
}

function createKeys(url: URL, timeoutMs: number): SigningKeys {
  const keySet = createRemoteJWKSet(url, { timeoutDuration: timeoutMs, cacheMaxAge: keptMs });
  return {
    find: keySet,
    endorsementsOf: (keyId) => {
      const keys = z.array(Endorsed.catch({ kid: "" })).parse(keySet.jwks()?.keys ?? []);
      return keys.find((key) => key.kid === keyId)?.endorsements ?? [];
    },
  };
}

/** Gives the keys of an issuer by its OpenID metadata; both are asked for when they are first needed and anew after a day, the keys at most every 30 s for an unknown one. */
export function createKeySource(metadataUrl: string, timeoutMs: number): () => Promise<SigningKeys> {
  let current: { readonly keys: Promise<SigningKeys>; readonly until: number } | undefined;
  return () => {
    if (current !== undefined && Date.now() < current.until) return current.keys;
    const keys = fetchKeySetUrl(metadataUrl, timeoutMs).then((url) => createKeys(url, timeoutMs));
    const fetched = { keys, until: Date.now() + keptMs };
    current = fetched;
    keys.catch(() => {
      if (current === fetched) current = undefined;
    });
    return keys;
  };
}
