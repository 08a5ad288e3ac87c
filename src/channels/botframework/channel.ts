import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import { AppError, httpStatusOf } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import { langOfLocale } from "../../core/languages.ts";
import type { Inbox, IncomingMessage, MessageContent, Sender, SentAnswers } from "../../core/message.ts";
import { createAccessToken } from "./access-token.ts";
import { createAdapter } from "./adapter.ts";
import { type IncomingActivity, type ParsedActivity, parseActivity, readActivity, referenceOf, writerOf } from "./parse.ts";
import { addressKeyOf, type Reference, renderAddress } from "./reference.ts";
import { createBotFrameworkSender } from "./sender.ts";
import { createServiceCheck } from "./service-hosts.ts";
import { surfaceOf } from "./surfaces.ts";
import { createTransport } from "./transport.ts";
import { type Credentials, checkActivity, createTokenCheck } from "./verify.ts";

const maxBodyBytes = 256 * 1024;
const maxDepth = 64;

export interface BotFrameworkDependencies {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  readonly loginUrl: string;
  readonly openIdMetadataUrl: string;
  readonly serviceHosts: readonly string[];
  /** Where people reach the assistant without Microsoft. */
  readonly publicUrl: string;
  readonly inbox: Inbox;
  readonly sentAnswers: SentAnswers;
  /** A keyed hash: ids of this channel name people and must not be kept as they are. */
  readonly hash: (text: string) => string;
  readonly log: Logger;
  readonly fetchTimeoutMs?: number | undefined;
}

type BotFrameworkEnv = { Variables: { credentials: Credentials } };
type ParsedMessage = Extract<ParsedActivity, { kind: "message" }>;

/** Nobody is let in while the issuer's keys cannot be had. */
function statusOf(error: Error): ContentfulStatusCode | undefined {
  return error instanceof AppError && error.code === "SERVER_UNREACHABLE" ? 401 : httpStatusOf(error);
}

/** The Bot Framework channel (Teams and others): POST /api/messages and the way replies leave. */
export function createBotFrameworkChannel(deps: BotFrameworkDependencies): {
  readonly routes: Hono<BotFrameworkEnv>;
  readonly sender: Sender;
} {
  const { inbox, sentAnswers, hash, log, fetchTimeoutMs: timeoutMs = 15_000 } = deps;
  const isKnownService = createServiceCheck(deps.serviceHosts);
  const checkToken = createTokenCheck({ ...deps, timeoutMs });
  const accessToken = createAccessToken({ ...deps, timeoutMs });
  const httpClient = createTransport({ isKnownService, timeoutMs, onUnauthorized: accessToken.forget });
  const adapter = createAdapter({ appId: deps.appId, accessToken, httpClient });

  /** Words that stand on a button of the last answer are that button, where the platform gives back nothing else. */
  async function findPressed(content: MessageContent, reference: Reference): Promise<MessageContent> {
    if (content.kind !== "text" || surfaceOf(reference).suggestions.type !== "imBack") return content;
    const value = await sentAnswers.buttonOf(addressKeyOf(reference), content.text);
    return value === undefined ? content : { kind: "button", value };
  }

  /** A rating is about the answer it was given to, which need not be the last; undefined for a reaction to what is no answer of ours. */
  async function findRated(parsed: ParsedMessage, reference: Reference): Promise<MessageContent | undefined> {
    const { content, about } = parsed;
    if (content.kind !== "button" || about === undefined || !/^(?:right|wrong)$/.test(content.value)) return content;
    const question = await sentAnswers.questionOf(addressKeyOf(reference), about);
    if (question !== undefined) return { kind: "button", value: `${content.value}:${question}` };
    return parsed.reaction === true ? undefined : content;
  }

  async function toMessage(activity: IncomingActivity, parsed: ParsedMessage): Promise<IncomingMessage | undefined> {
    const reference = referenceOf(activity);
    const rated = await findRated(parsed, reference);
    if (rated === undefined) return undefined;
    const addressKey = addressKeyOf(reference);
    return {
      channel: "botframework",
      externalId: hash(`${addressKey}\n${parsed.key}`),
      address: renderAddress(reference),
      addressKey,
      content: await findPressed(rated, reference),
      interfaceLang: langOfLocale(activity.locale),
      writer: writerOf(activity),
    };
  }

  async function take(activity: IncomingActivity): Promise<void> {
    const parsed = parseActivity(activity);
    const message = parsed.kind === "ignored" ? undefined : await toMessage(activity, parsed);
    if (message === undefined)
      log.debug({ type: /^[a-z]{1,40}$/i.exec(activity.type)?.[0] ?? "unknown" }, "bot framework activity ignored");
    else await inbox.accept(message);
  }

  function renderError(error: Error, c: Context): Response {
    const status = statusOf(error);
    if (!(error instanceof AppError) || status === undefined) throw error;
    const level = error.code === "SERVER_UNREACHABLE" ? "error" : "warn";
    log[level]({ status, code: error.code, reason: error.message }, "bot framework request refused");
    // Node's server cuts a connection whose body nobody read half a second later, maybe in the middle of the next activity.
    if (status === 401 || status === 413) c.header("Connection", "close");
    if (status === 401) return c.body(null, status);
    if (status === 503) c.header("Retry-After", "1");
    return c.json({ error: error.code }, status);
  }

  const routes = new Hono<BotFrameworkEnv>();
  routes.onError(renderError);
  routes.post(
    "/api/messages",
    async (c, next) => {
      c.set("credentials", await checkToken(c.req.header("authorization")));
      await next();
    },
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => {
        throw new AppError("TOO_LARGE", `The body is larger than ${maxBodyBytes} bytes.`);
      },
    }),
    async (c) => {
      const activity = readActivity(parseJson(await c.req.text(), maxDepth));
      checkActivity(c.get("credentials"), activity);
      if (!isKnownService(activity.serviceUrl))
        throw new AppError("FORBIDDEN", "The serviceUrl of the activity is not one of MICROSOFT_SERVICE_HOSTS.");
      const response = await adapter.receive(activity, () => take(activity));
      const status = (response?.status ?? 200) as ContentfulStatusCode;
      return response?.body === undefined ? c.body(null, status) : c.json(response.body, status);
    },
  );
  return { routes, sender: createBotFrameworkSender({ adapter, log, publicUrl: deps.publicUrl }) };
}
