import { errors, jwtVerify } from "jose";
import { z } from "zod";
import { AppError, messageOf } from "../../core/errors.ts";
import { createKeySource } from "./keys.ts";

const issuer = "https://api.botframework.com";
const algorithms = ["RS256", "RS384", "RS512"];
const clockToleranceSeconds = 300;
/** Microsoft's keys for these channels have named no endorsements since September 2023 (MicrosoftDocs/bot-docs#2300); all others do. */
const unendorsedChannels: ReadonlySet<string> = new Set(["webchat", "directline"]);

const Claims = z.object({ serviceurl: z.string().min(1) });

/** What jose says where it could not get the keys, in contrast to a token that does not hold. */
const withoutKeys: ReadonlySet<string> = new Set([errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code]);

function reasonOf(error: unknown): AppError {
  if (error instanceof z.ZodError) return new AppError("UNAUTHORIZED", "The token does not hold: it names no serviceurl.");
  if (error instanceof errors.JOSEError && !withoutKeys.has(error.code))
    return new AppError("UNAUTHORIZED", `The token does not hold: ${error.message}.`);
  return new AppError("SERVER_UNREACHABLE", `The keys of Bot Framework cannot be had, so nobody is let in: ${messageOf(error)}`);
}

/** What a valid token says about the activity that comes with it. */
export interface Credentials {
  readonly serviceUrl: string;
  /** Channels that the signing key may speak for. */
  readonly endorsements: readonly string[];
}

export interface TokenCheckParts {
  readonly appId: string;
  readonly openIdMetadataUrl: string;
  readonly timeoutMs: number;
}

/**
 * Checks the token of a request as the connector's documentation wants it: signature, issuer, audience, time; throws UNAUTHORIZED, or SERVER_UNREACHABLE where the issuer's keys
 * cannot be had, with a reason for the log.
 */
export function createTokenCheck({
  appId,
  openIdMetadataUrl,
  timeoutMs,
}: TokenCheckParts): (authorization: string | undefined) => Promise<Credentials> {
  const loadKeys = createKeySource(openIdMetadataUrl, timeoutMs);

  async function verify(token: string): Promise<Credentials> {
    const keys = await loadKeys();
    const { payload, protectedHeader } = await jwtVerify(token, keys.find, {
      issuer,
      audience: appId,
      algorithms,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ["exp"],
    });
    return { serviceUrl: Claims.parse(payload).serviceurl, endorsements: keys.endorsementsOf(protectedHeader.kid ?? "") };
  }

  return async (authorization) => {
    const token = /^Bearer ([\w.-]+)$/.exec(authorization ?? "")?.[1];
    if (token === undefined) throw new AppError("UNAUTHORIZED", "The request has no bearer token.");
    try {
      return await verify(token);
    } catch (error) {
      throw reasonOf(error);
    }
  };
}

/** Holds an activity against the token it came with; throws UNAUTHORIZED where the token speaks for another service or channel. */
export function checkActivity(
  { serviceUrl, endorsements }: Credentials,
  activity: { readonly channelId: string; readonly serviceUrl: string },
): void {
  if (activity.serviceUrl !== serviceUrl) throw new AppError("UNAUTHORIZED", "The token belongs to another serviceUrl.");
  const endorsed = endorsements.length === 0 ? unendorsedChannels.has(activity.channelId) : endorsements.includes(activity.channelId);
  if (!endorsed) throw new AppError("UNAUTHORIZED", "The token's key is not endorsed for this channel.");
}
