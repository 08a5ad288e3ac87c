import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

export const clientId = "stadtlotse";
export const clientSecret = "a secret that only this test knows";

/** What a person is at the provider. */
export interface Person {
  readonly sub: string;
  readonly name?: string;
  readonly authorities?: unknown;
  readonly resource_access?: unknown;
}

interface ProviderOptions {
  readonly redirectUri: string;
  /** True to carry all claims in the ID token; else they are asked for. */
  readonly inToken?: boolean;
}

export interface TestProvider {
  readonly issuer: string;
  /** Who signs in from now on, without being asked. */
  person: Person;
  /** What is done with each ID token on its way. */
  tamper: (token: string) => string;
  /** For how long ID tokens are good. */
  tokenSeconds: number;
  close(): Promise<void>;
}

/** A real OpenID provider on loopback. */
export async function openProvider({ redirectUri, inToken = false }: ProviderOptions): Promise<TestProvider> {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const state: TestProvider = {
    issuer,
    person: { sub: "nobody" },
    tamper: (token) => token,
    tokenSeconds: 600,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ["sub"], profile: ["name", "authorities", "resource_access"] },
    conformIdTokenClaims: !inToken,
    cookies: { keys: ["only for tests"] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    ttl: { IdToken: () => state.tokenSeconds, Session: 600, Interaction: 600, Grant: 600, AccessToken: 600, AuthorizationCode: 60 },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, sub: string) => ({ accountId: sub, claims: () => state.person }),
    loadExistingGrant: async ({ oidc }: { oidc: { session: { accountId: string }; client: { clientId: string } } }) => {
      const grant = new provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    await next();
    const body = context.body as { id_token?: string } | undefined;
    if (context.path === "/token" && body?.id_token !== undefined) body.id_token = state.tamper(body.id_token);
  });
  const answer = provider.callback();
  http.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/"))
      void provider.interactionFinished(request, response, { login: { accountId: state.person.sub } });
    else answer(request, response);
  });
  return state;
}

/** Goes through the provider as a browser would, from its first address to the address that it sends the browser back to. */
export async function passProvider(address: string, redirectUri: string): Promise<URL> {
  const jar = new Map<string, string>();
  let next = new URL(address);
  for (let step = 0; step < 10; step += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(next, { redirect: "manual", headers: { Cookie: cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get("Location");
    if (location === null) throw new Error(`The provider answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
    next = new URL(location, next);
    if (next.href.startsWith(redirectUri)) return next;
  }
  throw new Error("The provider never came to an end.");
}
