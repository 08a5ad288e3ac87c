import { z } from "zod";
import { AppError } from "./core/errors.ts";

const flag = z
  .enum(["true", "false", "1", "0"])
  .transform((value) => value === "true" || value === "1")
  .optional();
const text = z.string().trim().min(1).optional();
const HttpUrl = z.url({ protocol: /^https?$/ });

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/, message: "must look like postgres://user@host:5432/name" }).optional(),
  DATA_DIR: z.string().trim().min(1).default(".data"),
  DATA_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits: openssl rand -hex 32")
    .optional(),
  HOST: z.string().trim().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535).default(8787),
  PUBLIC_URL: HttpUrl.optional(),
  ALLOWED_ORIGINS: z
    .string()
    .default("")
    .transform((list) => list.split(",").flatMap((origin) => origin.trim() || []))
    .pipe(z.array(HttpUrl)),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, "must look like 123456:ABC-DEF")
    .optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, "must have 16 to 256 of the characters A-Z a-z 0-9 _ -")
    .optional(),
  TELEGRAM_API_ROOT: HttpUrl.default("https://api.telegram.org"),
  TELEGRAM_ENABLED: flag,
  DIRECTLINE_SECRET: text,
  SEARCH_ENGINE: z.enum(["memory", "postgres"]).default("memory"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
});

/** Everything that an operator sets; units in the names, defaults filled in. */
export interface Config {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly dataKey: string | undefined;
  readonly host: string;
  readonly port: number;
  /** The address citizens see; on a loopback default it follows the port that was really taken. */
  readonly publicUrl: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly telegram: { readonly token: string; readonly webhookSecret: string; readonly apiRoot: string } | undefined;
  readonly directlineSecret: string | undefined;
  /** Where texts are searched: this process's memory, or the database for very large catalogues. */
  readonly searchEngine: "memory" | "postgres";
  readonly logLevel: string;
}

function readTelegram(env: z.output<typeof Environment>): Config["telegram"] {
  if (env.TELEGRAM_ENABLED === false || (env.TELEGRAM_BOT_TOKEN === undefined && env.TELEGRAM_ENABLED !== true)) return undefined;
  if (env.TELEGRAM_BOT_TOKEN === undefined)
    throw new AppError("CONFIG_INVALID", "TELEGRAM_ENABLED is on but TELEGRAM_BOT_TOKEN is missing. Get one from @BotFather.");
  if (env.TELEGRAM_WEBHOOK_SECRET === undefined)
    throw new AppError(
      "CONFIG_INVALID",
      "TELEGRAM_BOT_TOKEN needs TELEGRAM_WEBHOOK_SECRET beside it, for example from: openssl rand -hex 32",
    );
  return { token: env.TELEGRAM_BOT_TOKEN, webhookSecret: env.TELEGRAM_WEBHOOK_SECRET, apiRoot: env.TELEGRAM_API_ROOT };
}

/** Reads the environment; throws CONFIG_INVALID that names each variable that does not fit, never its value. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new AppError("CONFIG_INVALID", `The environment does not fit. ${reasons.join("; ")}.`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    dataDir: env.DATA_DIR,
    dataKey: env.DATA_KEY,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL,
    allowedOrigins: env.ALLOWED_ORIGINS,
    telegram: readTelegram(env),
    directlineSecret: env.DIRECTLINE_SECRET,
    searchEngine: env.SEARCH_ENGINE,
    logLevel: env.LOG_LEVEL,
  };
}

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
