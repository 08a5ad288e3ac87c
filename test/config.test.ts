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
      telegram: undefined,
      directlineSecret: undefined,
      searchEngine: "memory",
      logLevel: "info",
    });
  });

  it("counts an empty value as none, and ignores what is not its own", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "", TELEGRAM_BOT_TOKEN: "", HOME: "/root", DATA_DIR: undefined })).toEqual(readConfig({}));
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
      DIRECTLINE_SECRET: "geheim",
      SEARCH_ENGINE: "postgres",
      LOG_LEVEL: "warn",
    });
    expect(config).toMatchObject({
      databaseUrl: "postgres://user@db.example:5432/lotse",
      dataDir: "/srv/data",
      host: "0.0.0.0",
      port: 80,
      publicUrl: "https://lotse.example",
      allowedOrigins: ["https://a.example", "https://b.example:8443"],
      directlineSecret: "geheim",
      searchEngine: "postgres",
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
    ["TELEGRAM_BOT_TOKEN", "token"],
    ["TELEGRAM_WEBHOOK_SECRET", "short"],
    ["TELEGRAM_WEBHOOK_SECRET", "not allowed signs!!!"],
    ["TELEGRAM_API_ROOT", "telegram"],
    ["TELEGRAM_ENABLED", "yes"],
    ["SEARCH_ENGINE", "elastic"],
    ["LOG_LEVEL", "loud"],
  ])("refuses %s=%s by its name and without its value", (name, value) => {
    const reason = reasonOf({ [name]: value });
    expect(reason).toContain(name);
    if (value.length > 4) expect(reason).not.toContain(value);
  });

  it("names every variable that does not fit at once", () => {
    const reason = reasonOf({ PORT: "x", DATA_KEY: "x", LOG_LEVEL: "x" });
    for (const name of ["PORT", "DATA_KEY", "LOG_LEVEL"]) expect(reason).toContain(name);
  });
});

describe("Telegram", () => {
  it("is on with a token and a secret", () => {
    expect(readConfig({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret }).telegram).toEqual({
      token,
      webhookSecret: secret,
      apiRoot: "https://api.telegram.org",
    });
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

describe("addresses that only this machine reaches", () => {
  it.each(["127.0.0.1", "127.1.2.3", "localhost", "::1"])("%s is one", (host) => expect(isLoopback(host)).toBe(true));
  it.each(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example.org", "localhost.example.org", "x127.0.0.1", ""])("%s is none", (host) =>
    expect(isLoopback(host)).toBe(false),
  );
});
