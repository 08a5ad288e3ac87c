import { allowInsecureRequests, ClientSecretPost, Configuration, clientCredentialsGrant } from "openid-client";
import { messageOf, SendError } from "../../core/errors.ts";

const scope = "https://api.botframework.com/.default";
/** A token is renewed this long before it ends, so that none ends on its way. */
const spareSeconds = 300;

/** The token that lets us speak to the connector, kept until shortly before it ends. */
export interface AccessToken {
  /** Throws SendError `unreachable` where the login gives none: the answer waits until it does. */
  get(): Promise<string>;
  /** The connector took the token no longer. */
  forget(): void;
}

export interface LoginParts {
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly appPassword: string;
  readonly timeoutMs: number;
}

function createLogin({ loginUrl, tenantId, appId, appPassword, timeoutMs }: LoginParts): Configuration {
  const root = loginUrl.replace(/\/$/, "");
  const login = new Configuration(
    { issuer: root, token_endpoint: `${root}/${tenantId}/oauth2/v2.0/token` },
    appId,
    undefined,
    ClientSecretPost(appPassword),
  );
  login.timeout = timeoutMs / 1000;
  // config.ts lets only addresses of this machine be without https.
  if (root.startsWith("http:")) allowInsecureRequests(login);
  return login;
}

/** Asks the login by the client credentials grant; calls at the same time share one request. */
export function createAccessToken(parts: LoginParts): AccessToken {
  const login = createLogin(parts);
  let current: { readonly token: Promise<string>; until: number } | undefined;

  async function fetchToken(): Promise<{ readonly token: string; readonly seconds: number }> {
    try {
      const granted = await clientCredentialsGrant(login, { scope });
      return { token: granted.access_token, seconds: granted.expiresIn() ?? 0 };
    } catch (error) {
      // No cause: the library's errors carry the request.
      throw new SendError(
        "unreachable",
        `Microsoft's login gave no token (${messageOf(error)}). Are MICROSOFT_APP_ID, _PASSWORD and _TENANT_ID right?`,
      );
    }
  }

  function renew(): Promise<string> {
    const fetched = fetchToken();
    const entry = { token: fetched.then(({ token }) => token), until: Number.POSITIVE_INFINITY };
    current = entry;
    fetched.then(
      ({ seconds }) => {
        entry.until = Date.now() + (seconds - spareSeconds) * 1000;
      },
      () => {
        if (current === entry) current = undefined;
      },
    );
    return entry.token;
  }

  return {
    get: () => (current !== undefined && Date.now() < current.until ? current.token : renew()),
    forget: () => {
      current = undefined;
    },
  };
}
