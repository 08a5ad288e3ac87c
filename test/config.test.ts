import { describe, expect, it } from "vitest";
import { isLoopback, readConfig } from "../src/config.ts";

const token = "123456:ABC-def_1";
const secret = "a".repeat(32);

function reasonOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toMatchObject({ code: "CONFIG_INVALID" });
    return error instanceof Error ? error.message : "";
  }
  throw new Error("it was accepted");
}

describe("the environment", () => {
  it("may be empty: everything has a default that is safe on one machine", () => {
    expect(readConfig({})).toEqual({
      databaseUrl: undefined,
      dataDir: ".data",
      dataKey: undefined,
      host: "127.0.0.1",
      port: 8787,
      publicUrl: undefined,
      allowedOrigins: [],
      trustedProxies: ["127.0.0.1", "::1"],
      telegram: undefined,
      botframework: undefined,
      directlineSecret: undefined,
      searchEngine: "memory",
      searchFusion: { kind: "weighted", vectorWeight: 0.5 },
      embeddingModel: undefined,
      embeddingHub: undefined,
      forward: { webhook: undefined, mailTo: undefined },
      importAllowedHosts: [],
      staffHours: [],
      logLevel: "info",
    });
  });

  it("counts an empty value as none, and ignores what is not its own", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "", TELEGRAM_BOT_TOKEN: "", HOME: "/root", DATA_DIR: undefined })).toEqual(readConfig({}));
  });

  it("reads the hours of staff, and refuses what cannot be meant without naming it", () => {
    expect(readConfig({ STAFF_HOURS: "Mo-Th 09:00-16:30; Fr 09:00-12:00" }).staffHours).toEqual([
      { first: 1, last: 4, opens: "09:00", closes: "16:30" },
      { first: 5, last: 5, opens: "09:00", closes: "12:00" },
    ]);
    for (const wrong of ["Fr-Mo 09:00-16:00", "Mo 16:00-09:00", "Mo 9-16", "Montag 09:00-16:00", "Mo 09:00-25:00", "Mo 09:00-12:00;"])
      expect(() => readConfig({ STAFF_HOURS: wrong }), wrong).toThrow(/STAFF_HOURS: must look like/);
  });

  it("takes a receiver of forwarded questions with what it is signed with, or none", () => {
    const both = { FORWARD_WEBHOOK_URL: "https://tickets.example.org/in", FORWARD_WEBHOOK_SECRET: secret };
    expect(readConfig({ ...both, FORWARD_MAIL_TO: "amt@example.org" }).forward).toEqual({
      webhook: { url: "https://tickets.example.org/in", secret },
      mailTo: "amt@example.org",
    });
    for (const name of Object.keys(both)) expect(reasonOf({ ...both, [name]: "" })).toMatch(/belong together/);
    expect(reasonOf({ ...both, FORWARD_WEBHOOK_URL: "http://tickets.example.org/in" })).toMatch(/https/);
    expect(reasonOf({ ...both, FORWARD_WEBHOOK_SECRET: "kurz" })).not.toContain("kurz");
    expect(reasonOf({ FORWARD_MAIL_TO: "niemand" })).toMatch(/FORWARD_MAIL_TO/);
  });

  it("is read as it is set", () => {
    const config = readConfig({
      DATABASE_URL: "postgres://user@db.example:5432/lotse",
      DATA_DIR: "/srv/data",
      DATA_KEY: "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789",
      HOST: "0.0.0.0",
      PORT: "80",
      PUBLIC_URL: "https://lotse.example",
      ALLOWED_ORIGINS: "https://a.example, https://b.example:8443 ,",
      TRUSTED_PROXIES: "10.0.0.0/8, fd00::/8, 192.0.2.1",
      DIRECTLINE_SECRET: "geheim",
      SEARCH_ENGINE: "postgres",
      SEARCH_FUSION: "weighted:0.3",
      EMBEDDING_MODEL: "./models/e5",
      HF_ENDPOINT: "https://mirror.example",
      LOG_LEVEL: "warn",
    });
    expect(config).toMatchObject({
      databaseUrl: "postgres://user@db.example:5432/lotse",
      dataDir: "/srv/data",
      host: "0.0.0.0",
      port: 80,
      publicUrl: "https://lotse.example",
      allowedOrigins: ["https://a.example", "https://b.example:8443"],
      trustedProxies: ["10.0.0.0/8", "fd00::/8", "192.0.2.1"],
      directlineSecret: "geheim",
      searchEngine: "postgres",
      searchFusion: { kind: "weighted", vectorWeight: 0.3 },
      embeddingModel: "./models/e5",
      embeddingHub: "https://mirror.example",
      logLevel: "warn",
    });
    expect(config.dataKey).toHaveLength(64);
  });

  it.each([
    ["PORT", "80.5"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "http"],
    ["DATABASE_URL", "mysql://user@host/name"],
    ["DATABASE_URL", "nonsense"],
    ["DATA_KEY", "abc"],
    ["DATA_KEY", "g".repeat(64)],
    ["PUBLIC_URL", "lotse.example"],
    ["PUBLIC_URL", "ftp://lotse.example"],
    ["ALLOWED_ORIGINS", "https://a.example,javascript:alert(1)"],
    ["ALLOWED_ORIGINS", "*"],
    ["TRUSTED_PROXIES", "proxy.example"],
    ["TRUSTED_PROXIES", "10.0.0.0/33"],
    ["TELEGRAM_BOT_TOKEN", "token"],
    ["TELEGRAM_WEBHOOK_SECRET", "short"],
    ["TELEGRAM_WEBHOOK_SECRET", "not allowed signs!!!"],
    ["TELEGRAM_API_ROOT", "telegram"],
    ["TELEGRAM_ENABLED", "yes"],
    ["TELEGRAM_AMBIGUOUS_SEND", "sometimes"],
    ["TELEGRAM_SENDS_PER_SECOND", "0"],
    ["TELEGRAM_SENDS_PER_CHAT_PER_SECOND", "many"],
    ["MICROSOFT_APP_ID", "stadtlotse"],
    ["MICROSOFT_APP_TENANT_ID", "a/../b"],
    ["MICROSOFT_LOGIN_URL", "http://login.example"],
    ["MICROSOFT_OPENID_METADATA_URL", "http://127.0.0.1.example/openid"],
    ["MICROSOFT_SERVICE_HOSTS", "*"],
    ["MICROSOFT_SERVICE_HOSTS", "smba.trafficmanager.net,*.com*"],
    ["MICROSOFT_SERVICE_HOSTS", "http://attacker.example"],
    ["SEARCH_ENGINE", "elastic"],
    ["SEARCH_FUSION", "weighted:7"],
    ["HF_ENDPOINT", "mirror"],
    ["LOG_LEVEL", "loud"],
  ])("refuses %s=%s by its name and without its value", (name, value) => {
    const reason = reasonOf({ [name]: value });
    expect(reason).toContain(name);
    if (value.length > 4) expect(reason).not.toContain(value);
  });

  it("has a name for the model that is recommended", () => {
    expect(readConfig({ EMBEDDING_MODEL: "default" }).embeddingModel).toBe("Xenova/multilingual-e5-small");
  });

  it("names every variable that does not fit at once", () => {
    const reason = reasonOf({ PORT: "x", DATA_KEY: "x", LOG_LEVEL: "x" });
    for (const name of ["PORT", "DATA_KEY", "LOG_LEVEL"]) expect(reason).toContain(name);
  });
});

describe("the language model", () => {
  const env = { LLM_BASE_URL: "http://ollama.intern:11434/v1/", LLM_MODEL: "qwen3" };

  it("is off without one", () => {
    expect(readConfig({}).languageModel).toBeUndefined();
  });

  it("is a server and a model's name there, with what a day may take", () => {
    const { languageModel } = readConfig({ ...env, LLM_TOKENS_PER_DAY: "5000", LLM_COST_PER_DAY: "2.5", LLM_PRICES: "0.5,1.5" });
    expect(languageModel).toEqual({
      server: { baseUrl: "http://ollama.intern:11434/v1", model: "qwen3", apiKey: undefined },
      limits: { tokensPerDay: 5000, costPerDay: 2.5, prices: { input: 0.5, output: 1.5 } },
    });
  });

  it.each([
    ["the server alone", { LLM_BASE_URL: env.LLM_BASE_URL }, "LLM_MODEL"],
    ["the model alone", { LLM_MODEL: env.LLM_MODEL }, "LLM_BASE_URL"],
    ["a key in the clear", { ...env, LLM_API_KEY: "geheim-123" }, "https://"],
    ["a cost without prices", { ...env, LLM_COST_PER_DAY: "1" }, "LLM_PRICES"],
    ["prices that are none", { ...env, LLM_PRICES: "billig" }, "LLM_PRICES"],
    ["tracing to another company", { ...env, LANGSMITH_TRACING: "true" }, "LANGSMITH_TRACING"],
  ])("refuses %s", (_, environment, part) => {
    const reason = reasonOf(environment);
    expect(reason).toContain(part);
    expect(reason).not.toContain("geheim-123");
  });
});

describe("Telegram", () => {
  it("is on with a token and a secret", () => {
    expect(readConfig({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret }).telegram).toEqual({
      token,
      apiRoot: "https://api.telegram.org",
      arrival: { kind: "webhook", secret },
      brokenOff: "resend",
      pace: { perSecond: 30, perChatPerSecond: 1 },
    });
  });

  it("leaves answers that may have arrived to staff, and sends faster, where that is set", () => {
    const given = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_AMBIGUOUS_SEND: "flag" };
    const { telegram } = readConfig({ ...given, TELEGRAM_SENDS_PER_SECOND: "1000", TELEGRAM_SENDS_PER_CHAT_PER_SECOND: "0.5" });
    expect(telegram).toMatchObject({ brokenOff: "flag", pace: { perSecond: 1000, perChatPerSecond: 0.5 } });
  });

  it("polls where the command line says so, and then needs no secret", () => {
    expect(readConfig({ TELEGRAM_BOT_TOKEN: token }, { telegramPolling: true }).telegram).toMatchObject({ arrival: { kind: "polling" } });
    const both = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret };
    expect(readConfig(both, { telegramPolling: true }).telegram).toMatchObject({ arrival: { kind: "polling" } });
  });

  it.each([{}, { TELEGRAM_BOT_TOKEN: token, TELEGRAM_ENABLED: "false" }])("does not poll without a bot: %j", (environment) => {
    expect(() => readConfig(environment, { telegramPolling: true })).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });

  it("speaks to another root where one is set", () => {
    const given = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_API_ROOT: "http://127.0.0.1:9000" };
    expect(readConfig(given).telegram?.apiRoot).toBe("http://127.0.0.1:9000");
  });

  it.each(["false", "0"])("is off by TELEGRAM_ENABLED=%s, whatever else is set", (value) => {
    expect(readConfig({ TELEGRAM_ENABLED: value, TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret }).telegram).toBeUndefined();
    expect(readConfig({ TELEGRAM_ENABLED: value, TELEGRAM_BOT_TOKEN: token }).telegram).toBeUndefined();
  });

  it("says what is missing: never a webhook without a secret", () => {
    expect(reasonOf({ TELEGRAM_BOT_TOKEN: token })).toContain("TELEGRAM_WEBHOOK_SECRET");
    expect(reasonOf({ TELEGRAM_BOT_TOKEN: token })).not.toContain(token);
    expect(reasonOf({ TELEGRAM_ENABLED: "true" })).toContain("TELEGRAM_BOT_TOKEN");
    expect(reasonOf({ TELEGRAM_ENABLED: "1", TELEGRAM_WEBHOOK_SECRET: secret })).toContain("TELEGRAM_BOT_TOKEN");
  });
});

describe("Bot Framework", () => {
  const appId = "11111111-2222-4333-8444-5555555555ab";
  const bot = { MICROSOFT_APP_ID: appId, MICROSOFT_APP_PASSWORD: "geheim" };

  it("is on with an id and a password, and trusts Microsoft's public services", () => {
    expect(readConfig({ ...bot, MICROSOFT_APP_ID: appId.toUpperCase() }).botframework).toEqual({
      appId,
      appPassword: "geheim",
      tenantId: "botframework.com",
      loginUrl: "https://login.microsoftonline.com",
      openIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
      serviceHosts: ["smba.trafficmanager.net", "*.botframework.com"],
    });
  });

  it("takes a tenant, other services, and plain HTTP on this machine only", () => {
    const given = {
      ...bot,
      MICROSOFT_APP_TENANT_ID: "contoso.example",
      MICROSOFT_LOGIN_URL: "http://127.0.0.1:9000",
      MICROSOFT_OPENID_METADATA_URL: "http://[::1]:9000/openid",
      MICROSOFT_SERVICE_HOSTS: "SMBA.infra.gcc.teams.microsoft.com, *.example.org ,http://localhost:9000",
    };
    expect(readConfig(given).botframework).toMatchObject({
      tenantId: "contoso.example",
      loginUrl: "http://127.0.0.1:9000",
      openIdMetadataUrl: "http://[::1]:9000/openid",
      serviceHosts: ["smba.infra.gcc.teams.microsoft.com", "*.example.org", "http://localhost:9000"],
    });
  });

  it("says what is missing: never a bot that lets everybody in", () => {
    expect(reasonOf({ MICROSOFT_APP_ID: appId })).toContain("MICROSOFT_APP_PASSWORD");
    expect(reasonOf({ MICROSOFT_APP_PASSWORD: "geheim" })).toContain("MICROSOFT_APP_ID");
    expect(reasonOf({ MICROSOFT_APP_PASSWORD: "geheim" })).not.toContain("geheim");
  });
});

describe("addresses that only this machine reaches", () => {
  it.each(["127.0.0.1", "127.1.2.3", "localhost", "::1"])("%s is one", (host) => expect(isLoopback(host)).toBe(true));
  it.each(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example.org", "localhost.example.org", "x127.0.0.1", ""])("%s is none", (host) =>
    expect(isLoopback(host)).toBe(false),
  );

  it("takes the city's sign-in service whole or not at all, and over HTTPS unless it is on this machine", () => {
    const env = { OIDC_ISSUER: "https://sso.example.org/realms/stadt", OIDC_CLIENT_ID: "stadtlotse", OIDC_CLIENT_SECRET: secret };
    expect(readConfig({}).oidc).toBeUndefined();
    expect(readConfig(env).oidc).toEqual({ issuer: env.OIDC_ISSUER, clientId: "stadtlotse", clientSecret: secret });
    for (const missing of Object.keys(env)) expect(reasonOf({ ...env, [missing]: "" })).toMatch(/belong together/);
    expect(reasonOf({ ...env, OIDC_ISSUER: "http://sso.example.org" })).toMatch(/OIDC_ISSUER: must begin with https/);
    expect(readConfig({ ...env, OIDC_ISSUER: "http://127.0.0.1:3000" }).oidc?.issuer).toBe("http://127.0.0.1:3000");
  });
});
