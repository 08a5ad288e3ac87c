import { z } from "zod";
import { type Fusion, parseFusion } from "./catalogue/vectors/fusion.ts";
import { AppError } from "./core/errors.ts";
import type { ServiceHours } from "./core/handover.ts";
import { parseServiceHours } from "./text/service-hours.ts";

const flag = z
  .enum(["true", "false", "1", "0"])
  .transform((value) => value === "true" || value === "1")
  .optional();
const text = z.string().trim().min(1).optional();
/** Small (118 MB), for all nine languages. */
const defaultEmbeddingModel = "Xenova/multilingual-e5-small";
const HttpUrl = z.url({ protocol: /^https?$/ });

/** Secrets and tokens go to these addresses, so plain HTTP is only for this machine. */
const SafeUrl = HttpUrl.refine((text) => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "https:" || isLoopback(url.hostname.replace(/^\[|\]$/g, "")));
}, "must begin with https://");

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
  TRUSTED_PROXIES: z
    .string()
    .default("127.0.0.1,::1")
    .transform((list) => list.split(",").flatMap((proxy) => proxy.trim() || []))
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "must be addresses or networks such as 10.0.0.0/8, with commas"))),
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
  TELEGRAM_AMBIGUOUS_SEND: z.enum(["resend", "flag"]).default("resend"),
  TELEGRAM_SENDS_PER_SECOND: z.coerce.number().min(1).max(100_000).default(30),
  TELEGRAM_SENDS_PER_CHAT_PER_SECOND: z.coerce.number().min(0.1).max(100_000).default(1),
  MICROSOFT_APP_ID: z.guid("must be the application's id, like 00000000-0000-0000-0000-000000000000").toLowerCase().optional(),
  MICROSOFT_APP_PASSWORD: text,
  MICROSOFT_APP_TENANT_ID: z
    .string()
    .regex(/^[\w.-]+$/, "must be the id or the domain of a tenant")
    .default("botframework.com"),
  MICROSOFT_LOGIN_URL: SafeUrl.default("https://login.microsoftonline.com"),
  MICROSOFT_OPENID_METADATA_URL: SafeUrl.default("https://login.botframework.com/v1/.well-known/openidconfiguration"),
  MICROSOFT_SERVICE_HOSTS: z
    .string()
    .default("smba.trafficmanager.net,*.botframework.com")
    .transform((list) => list.split(",").flatMap((host) => host.trim().toLowerCase() || []))
    .pipe(
      z
        .array(z.union([z.string().regex(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, "must be a name such as *.example.org"), SafeUrl]))
        .min(1),
    ),
  DIRECTLINE_SECRET: text,
  SEARCH_ENGINE: z.enum(["memory", "postgres"]).default("memory"),
  SEARCH_FUSION: z
    .string()
    .default("weighted")
    .transform((value, context) => {
      const fusion = parseFusion(value);
      if (fusion !== undefined) return fusion;
      context.addIssue("must be weighted, weighted:0.3 (0 to 1) or reciprocal-rank");
      return z.NEVER;
    }),
  EMBEDDING_MODEL: text.transform((value) => (value === "default" ? defaultEmbeddingModel : value)),
  HF_ENDPOINT: HttpUrl.optional(),
  ZMS_CITIZEN_API: HttpUrl.transform((url) => url.replace(/\/+$/, "")).optional(),
  LLM_BASE_URL: HttpUrl.transform((url) => url.replace(/\/+$/, "")).optional(),
  LLM_MODEL: text,
  LLM_API_KEY: text,
  LLM_TOKENS_PER_DAY: z.coerce.number().int().min(0).max(1_000_000_000_000).default(2_000_000),
  LLM_COST_PER_DAY: z.coerce.number().min(0).optional(),
  LLM_PRICES: z
    .string()
    .regex(/^\d+(?:\.\d+)?,\d+(?:\.\d+)?$/, "must be two prices for a million tokens, read and written, such as 0.5,1.5")
    .transform((value) => value.split(",").map(Number))
    .optional(),
  IMPORT_ALLOWED_HOSTS: z
    .string()
    .default("")
    .transform((list) => list.split(",").flatMap((host) => host.trim().toLowerCase() || []))
    .pipe(z.array(z.string().regex(/^[^\s/@]+$/, "must be names of hosts with commas, such as feeds.intern.example.org"))),
  OIDC_ISSUER: SafeUrl.optional(),
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  FORWARD_WEBHOOK_URL: SafeUrl.optional(),
  FORWARD_WEBHOOK_SECRET: z.string().min(16, "must have at least 16 characters: openssl rand -hex 32").optional(),
  FORWARD_MAIL_TO: z.email("must be the address of an office").optional(),
  STAFF_HOURS: text.transform((value, context) => {
    const hours = value === undefined ? [] : parseServiceHours(value);
    if (hours !== undefined) return hours;
    context.addIssue("must look like Mo-Th 09:00-16:00; Fr 09:00-12:00");
    return z.NEVER;
  }),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters: openssl rand -hex 32").optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
});

/** The bot that is registered with Microsoft, and the services it trusts. */
export interface BotFrameworkConfig {
  readonly appId: string;
  readonly appPassword: string;
  /** Where the bot is registered; botframework.com for a bot of many tenants. */
  readonly tenantId: string;
  readonly loginUrl: string;
  readonly openIdMetadataUrl: string;
  /** Hosts that answers may be sent to: a name, *.name for all below it, or the origin of a service on this machine. */
  readonly serviceHosts: readonly string[];
}

/** The city's own service by which staff sign in (OpenID Connect), and this product's entry there. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where staff forward questions that are somebody else's. */
export interface ForwardConfig {
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
  /** The address that a mail is prepared for. */
  readonly mailTo: string | undefined;
}

/** The bot, and how its updates come: never both ways at once. */
export interface TelegramConfig {
  readonly token: string;
  readonly apiRoot: string;
  readonly arrival: { readonly kind: "webhook"; readonly secret: string } | { readonly kind: "polling" };
  /** What happens to an answer of which nobody knows whether it arrived. */
  readonly brokenOff: "resend" | "flag";
  /** Telegram's own limits, unless it has raised them for this bot. */
  readonly pace: { readonly perSecond: number; readonly perChatPerSecond: number };
}

/** The language model that words answers, and what a day of it may take. */
export interface LanguageModelConfig {
  readonly server: { readonly baseUrl: string; readonly model: string; readonly apiKey: string | undefined };
  readonly limits: {
    readonly tokensPerDay: number;
    readonly costPerDay: number | undefined;
    /** For a million tokens that the model reads, and that it writes. */
    readonly prices: { readonly input: number; readonly output: number };
  };
}

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
  /** Addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  readonly telegram: TelegramConfig | undefined;
  readonly botframework: BotFrameworkConfig | undefined;
  readonly directlineSecret: string | undefined;
  /** Where texts are searched: this process's memory, or the database for very large catalogues. */
  readonly searchEngine: "memory" | "postgres";
  /** How hits by words and by vectors are joined, where there is an embedding model. */
  readonly searchFusion: Fusion;
  /** A hub's id or a folder; without one nothing is searched by vectors. */
  readonly embeddingModel: string | undefined;
  /** A mirror of Hugging Face's hub. */
  readonly embeddingHub: string | undefined;
  /** The root of the appointment system's citizen API; without one no free appointments are told. */
  readonly zmsCitizenApi: string | undefined;
  /** Absent where no model is set: all answers are the plain composer's. */
  readonly languageModel: LanguageModelConfig | undefined;
  /** Absent where staff have accounts with passwords here. */
  readonly oidc: OidcConfig | undefined;
  readonly forward: ForwardConfig;
  /** Hosts of private networks that imports may read, by name. */
  readonly importAllowedHosts: readonly string[];
  /** When people of the city answer those who want a person; empty if nobody has said it. */
  readonly staffHours: readonly ServiceHours[];
  /** Whoever knows it may read /metrics; absent where nobody may. */
  readonly metricsToken: string | undefined;
  readonly logLevel: string;
}

function readTelegram(env: z.output<typeof Environment>, polling: boolean): Config["telegram"] {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_ENABLED: enabled, TELEGRAM_API_ROOT: apiRoot, TELEGRAM_WEBHOOK_SECRET: secret } = env;
  if (polling && (token === undefined || enabled === false))
    throw new AppError("CONFIG_INVALID", "--telegram-polling needs TELEGRAM_BOT_TOKEN, and TELEGRAM_ENABLED must not be off.");
  if (enabled === false || (token === undefined && enabled !== true)) return undefined;
  if (token === undefined)
    throw new AppError("CONFIG_INVALID", "TELEGRAM_ENABLED is on but TELEGRAM_BOT_TOKEN is missing. Get one from @BotFather.");
  const brokenOff = env.TELEGRAM_AMBIGUOUS_SEND;
  const pace = { perSecond: env.TELEGRAM_SENDS_PER_SECOND, perChatPerSecond: env.TELEGRAM_SENDS_PER_CHAT_PER_SECOND };
  if (polling) return { token, apiRoot, arrival: { kind: "polling" }, brokenOff, pace };
  if (secret === undefined)
    throw new AppError(
      "CONFIG_INVALID",
      "TELEGRAM_BOT_TOKEN needs TELEGRAM_WEBHOOK_SECRET beside it, for example from: openssl rand -hex 32",
    );
  return { token, apiRoot, arrival: { kind: "webhook", secret }, brokenOff, pace };
}

/** What the command line says. */
export interface StartChoices {
  /** Asks Telegram for updates instead of waiting for its webhook. */
  readonly telegramPolling?: boolean;
}

function readBotFramework(env: z.output<typeof Environment>): Config["botframework"] {
  if (env.MICROSOFT_APP_ID === undefined && env.MICROSOFT_APP_PASSWORD === undefined) return undefined;
  // A bot without a password would have to let everybody in.
  if (env.MICROSOFT_APP_ID === undefined || env.MICROSOFT_APP_PASSWORD === undefined)
    throw new AppError(
      "CONFIG_INVALID",
      "MICROSOFT_APP_ID and MICROSOFT_APP_PASSWORD belong together. Both come from the registration of the bot in Azure.",
    );
  return {
    appId: env.MICROSOFT_APP_ID,
    appPassword: env.MICROSOFT_APP_PASSWORD,
    tenantId: env.MICROSOFT_APP_TENANT_ID,
    loginUrl: env.MICROSOFT_LOGIN_URL,
    openIdMetadataUrl: env.MICROSOFT_OPENID_METADATA_URL,
    serviceHosts: env.MICROSOFT_SERVICE_HOSTS,
  };
}

function readOidc(env: z.output<typeof Environment>): Config["oidc"] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw new AppError(
      "CONFIG_INVALID",
      "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: all three, or none for accounts with passwords.",
    );
  return { issuer, clientId, clientSecret };
}

function readForward(env: z.output<typeof Environment>): ForwardConfig {
  const { FORWARD_WEBHOOK_URL: url, FORWARD_WEBHOOK_SECRET: secret, FORWARD_MAIL_TO: mailTo } = env;
  if ((url === undefined) !== (secret === undefined))
    throw new AppError(
      "CONFIG_INVALID",
      "FORWARD_WEBHOOK_URL and FORWARD_WEBHOOK_SECRET belong together: where questions are sent, and what they are signed with.",
    );
  return { webhook: url === undefined || secret === undefined ? undefined : { url, secret }, mailTo };
}

/** With these LangChain sends all that a model reads and writes to another company. */
const tracingSwitches = ["LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"];

function readLanguageModel(
  env: z.output<typeof Environment>,
  environment: Readonly<Record<string, string | undefined>>,
): Config["languageModel"] {
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, LLM_API_KEY: apiKey, LLM_COST_PER_DAY: costPerDay, LLM_PRICES: prices } = env;
  if (baseUrl === undefined && model === undefined) return undefined;
  if (baseUrl === undefined || model === undefined)
    throw new AppError(
      "CONFIG_INVALID",
      "LLM_BASE_URL and LLM_MODEL belong together: the server, such as http://127.0.0.1:11434/v1, and the model's name there.",
    );
  if (apiKey !== undefined && !SafeUrl.safeParse(baseUrl).success)
    throw new AppError("CONFIG_INVALID", "LLM_BASE_URL must begin with https:// where LLM_API_KEY is set, unless it is on this machine.");
  if (costPerDay !== undefined && prices === undefined)
    throw new AppError(
      "CONFIG_INVALID",
      "LLM_COST_PER_DAY needs LLM_PRICES beside it: two prices for a million tokens, read and written, such as 0.5,1.5.",
    );
  const tracing = tracingSwitches.find((name) => environment[name] === "true");
  if (tracing !== undefined)
    throw new AppError("CONFIG_INVALID", `${tracing} would send what people write to another service. Take it out of the environment.`);
  const [input = 0, output = 0] = prices ?? [];
  return { server: { baseUrl, model, apiKey }, limits: { tokensPerDay: env.LLM_TOKENS_PER_DAY, costPerDay, prices: { input, output } } };
}

/** Reads the environment; throws CONFIG_INVALID that names each variable that does not fit, never its value. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  { telegramPolling = false }: StartChoices = {},
): Config {
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
    trustedProxies: env.TRUSTED_PROXIES,
    telegram: readTelegram(env, telegramPolling),
    botframework: readBotFramework(env),
    directlineSecret: env.DIRECTLINE_SECRET,
    searchEngine: env.SEARCH_ENGINE,
    searchFusion: env.SEARCH_FUSION,
    embeddingModel: env.EMBEDDING_MODEL,
    embeddingHub: env.HF_ENDPOINT,
    zmsCitizenApi: env.ZMS_CITIZEN_API,
    languageModel: readLanguageModel(env, environment),
    oidc: readOidc(env),
    forward: readForward(env),
    importAllowedHosts: env.IMPORT_ALLOWED_HOSTS,
    staffHours: env.STAFF_HOURS,
    metricsToken: env.METRICS_TOKEN,
    logLevel: env.LOG_LEVEL,
  };
}

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
