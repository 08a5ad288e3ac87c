import { createHmac, timingSafeEqual } from "node:crypto";
import { eq } from "drizzle-orm";
import * as client from "openid-client";
import { z } from "zod";
import type { Audit } from "../core/audit.ts";
import { AppError } from "../core/errors.ts";
import type { VouchedAccess, VouchedSignIn } from "../core/people.ts";
import { type Database, guarded } from "../database/database.ts";
import { accounts } from "../database/schema.ts";
import { nameOf } from "./names.ts";
import { highestRole, roleNames } from "./oidc-roles.ts";
import { endSessionsOf, openStaffSession, staffOf } from "./staff-sessions.ts";

const flowMs = 10 * 60_000;
const timeoutSeconds = 10;

const Flow = z.object({
  ...{ state: z.string(), nonce: z.string(), verifier: z.string(), next: z.string() },
  until: z.number(),
});

export interface OidcParts {
  readonly db: Database;
  readonly audit: Audit<Database>;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs what the browser keeps between leaving and coming back. */
  readonly key: Uint8Array;
  readonly publicUrl: string;
  readonly now: () => Date;
  /** Called with what went wrong, in the library's words without anybody's data. */
  readonly onRefused: (reason: string) => void;
}

/** What a browser keeps, as text with a seal, so that nobody else can have made it. */
function createSeal(key: Uint8Array) {
  const sealOf = (text: string) => createHmac("sha256", key).update(`console sign-in ${text}`).digest();
  return {
    close: (flow: z.output<typeof Flow>) => {
      const text = Buffer.from(JSON.stringify(flow)).toString("base64url");
      return `${text}.${sealOf(text).toString("base64url")}`;
    },
    open: (sealed: string): z.output<typeof Flow> | undefined => {
      const [text = "", seal = ""] = sealed.split(".");
      const given = Buffer.from(seal, "base64url");
      const due = sealOf(text);
      if (given.length !== due.length || !timingSafeEqual(given, due)) return undefined;
      return Flow.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    },
  };
}

/** The library's code of a fault; its messages may hold claims. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

interface Person {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** Signing in through an OpenID Connect provider: code flow with PKCE, state and nonce; the ID token's signature is checked as well. */
export function createOidc(parts: OidcParts): VouchedAccess {
  const { db, audit, issuer, clientId, clientSecret, publicUrl, now, onRefused } = parts;
  const seal = createSeal(parts.key);
  const redirectUri = `${publicUrl.replace(/\/+$/, "")}/console/city-sign-in/callback`;
  let found: Promise<client.Configuration> | undefined;

  /** What the provider says of itself, asked once; a fault is asked about again. */
  async function discover(): Promise<client.Configuration> {
    // The configuration lets plain HTTP through on this machine only.
    const plain = new URL(issuer).protocol === "http:" ? [client.allowInsecureRequests] : [];
    found ??= client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      execute: [...plain, client.enableNonRepudiationChecks],
      timeout: timeoutSeconds,
    });
    try {
      return await found;
    } catch (error) {
      found = undefined;
      throw new AppError("SERVER_UNREACHABLE", `The sign-in service at OIDC_ISSUER does not answer as it should (${reasonOf(error)}).`);
    }
  }

  async function readPerson(query: string, flow: z.output<typeof Flow>): Promise<Person | undefined> {
    const configuration = await discover();
    const tokens = await client.authorizationCodeGrant(configuration, new URL(`${redirectUri}${query}`), {
      ...{ pkceCodeVerifier: flow.verifier, expectedState: flow.state, expectedNonce: flow.nonce, idTokenExpected: true },
    });
    const claims = tokens.claims();
    if (claims === undefined) return undefined;
    const inToken = roleNames(claims, clientId);
    const asks = inToken === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined;
    const more = asks ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {};
    const all: Readonly<Record<string, unknown>> = { ...claims, ...more };
    const names = [all["name"], all["preferred_username"], all["email"], claims.sub];
    const name = names.find((each): each is string => typeof each === "string" && nameOf(each) !== undefined);
    return { subject: claims.sub, name: nameOf(name ?? "")?.shown ?? "?", roles: roleNames(all, clientId) ?? [] };
  }

  /** Keeps the account of a person as the provider knows them, and opens a session. */
  async function letIn(person: Person, before: string | undefined, next: string): Promise<VouchedSignIn> {
    const role = highestRole(person.roles);
    return await guarded("Signing in", () =>
      db.transaction(async (transaction): Promise<VouchedSignIn> => {
        const { subject, name } = person;
        const own = { issuer, subject, name };
        if (role === undefined) {
          // Whoever has lost their last role is out everywhere.
          const gone = await transaction.select().from(accounts).where(eq(accounts.subject, subject));
          for (const row of gone) if (row.issuer === issuer) await endSessionsOf(transaction, row.id);
          return { kind: "no-role" };
        }
        const made = await transaction
          .insert(accounts)
          .values({ ...own, role, createdAt: now() })
          .onConflictDoNothing()
          .returning();
        const rows = await transaction.select().from(accounts).where(eq(accounts.subject, subject)).for("update");
        const row = rows.find((each) => each.issuer === issuer);
        if (row === undefined) return { kind: "sign-in-failed" };
        if (row.disabledAt !== null) return { kind: "disabled" };
        if (row.role !== role) await endSessionsOf(transaction, row.id);
        await transaction.update(accounts).set({ role, name }).where(eq(accounts.id, row.id));
        const staff = staffOf({ ...row, role, name });
        if (staff === undefined) return { kind: "no-role" };
        const session = await openStaffSession(transaction, { ...row, role }, now(), before);
        const by = `account:${row.id}`;
        const action = made.length === 1 ? "account.create" : row.role === role ? "session.start" : "account.change-role";
        await audit.record(transaction, { by, action, subject: by });
        return { kind: "open", session, staff, next };
      }),
    );
  }

  return {
    start: async (next) => {
      const configuration = await discover();
      const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
      const address = client.buildAuthorizationUrl(configuration, {
        ...{ redirect_uri: redirectUri, scope: "openid profile", state, nonce },
        ...{ code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" },
      });
      return { address: address.href, flow: seal.close({ state, nonce, verifier, next, until: now().getTime() + flowMs }) };
    },
    finish: async ({ query, flow: sealed, before }) => {
      const flow = seal.open(sealed);
      if (flow === undefined || flow.until <= now().getTime()) return { kind: "sign-in-failed" };
      let person: Person | undefined;
      try {
        person = await readPerson(query, flow);
      } catch (error) {
        onRefused(error instanceof AppError ? error.message : reasonOf(error));
      }
      return person === undefined ? { kind: "sign-in-failed" } : await letIn(person, before, flow.next);
    },
  };
}
