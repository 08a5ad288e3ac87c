import { createHash, randomBytes } from "node:crypto";
import { eq, lt } from "drizzle-orm";
import { type Database, guarded } from "../../database/database.ts";
import { directlineTokens } from "../../database/schema.ts";

export const tokenLifeSeconds = 30 * 60;

/** How long a dead token is still known, so that its holder is told "expired" and not "unknown". */
const rememberedMs = 24 * 60 * 60 * 1000;

/** What a token allows: one conversation, as one person, from one site (from any allowed one if a server fetched it). */
export interface Grant {
  readonly conversationId: string;
  readonly userId: string;
  readonly site: string | undefined;
}

export type FoundToken =
  | { readonly kind: "valid"; readonly grant: Grant; readonly expiresInSeconds: number }
  | { readonly kind: "expired" }
  | { readonly kind: "unknown" };

/** Tokens of the web chat; only their hashes are stored. */
export interface TokenStore {
  issue(grant: Grant): Promise<string>;
  find(token: string): Promise<FoundToken>;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A random name that cannot be guessed (192 bits), safe in URLs. */
export function randomName(): string {
  return randomBytes(24).toString("base64url");
}

/** Tokens are 256 bits of chance and live for `tokenLifeSeconds` of the given clock. */
export function createTokenStore(db: Database, now: () => Date): TokenStore {
  return {
    issue: async (grant) => {
      const token = randomBytes(32).toString("base64url");
      const at = now().getTime();
      await guarded("Issuing a chat token", async () => {
        await db.delete(directlineTokens).where(lt(directlineTokens.expiresAt, new Date(at - rememberedMs)));
        await db.insert(directlineTokens).values({
          tokenHash: hashOf(token),
          conversationId: grant.conversationId,
          userId: grant.userId,
          origin: grant.site ?? null,
          expiresAt: new Date(at + tokenLifeSeconds * 1000),
        });
      });
      return token;
    },
    find: async (token) => {
      const rows = await guarded("Checking a chat token", () =>
        db
          .select()
          .from(directlineTokens)
          .where(eq(directlineTokens.tokenHash, hashOf(token))),
      );
      const row = rows[0];
      if (row === undefined) return { kind: "unknown" };
      const leftMs = row.expiresAt.getTime() - now().getTime();
      if (leftMs <= 0) return { kind: "expired" };
      const grant = { conversationId: row.conversationId, userId: row.userId, site: row.origin ?? undefined };
      return { kind: "valid", grant, expiresInSeconds: Math.ceil(leftMs / 1000) };
    },
  };
}
