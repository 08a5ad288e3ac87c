import { createHash, randomBytes } from "node:crypto";
import { and, eq, inArray, lt, max } from "drizzle-orm";
import { type Database, guarded } from "../../database/database.ts";
import { directlineTokens } from "../../database/schema.ts";

/** `chat` posts and reads. `stream` only opens the WebSocket: it stands in a URL, so it dies soon. */
type TokenPurpose = "chat" | "stream";

/** Direct Line 3.0 gives a client a minute to open the WebSocket. */
export const tokenLifeSeconds = { chat: 30 * 60, stream: 60 } as const satisfies Record<TokenPurpose, number>;

/** How long a dead token is still known, so that its holder is told "expired" and not "unknown". */
const rememberedMs = 24 * 60 * 60 * 1000;

/** What a token allows: one conversation, as one person, from these sites (undefined: from every site that the server allows). */
export interface Grant {
  readonly conversationId: string;
  readonly userId: string;
  readonly sites: readonly string[] | undefined;
}

export type FoundToken =
  | { readonly kind: "valid"; readonly grant: Grant; readonly expiresInSeconds: number }
  | { readonly kind: "expired" }
  | { readonly kind: "unknown" };

/** Tokens of the web chat; only their hashes are stored. */
export interface TokenStore {
  issue(purpose: TokenPurpose, grant: Grant): Promise<string>;
  find(purpose: TokenPurpose, token: string): Promise<FoundToken>;
  /** When the last chat token of each conversation ends or has ended; one that is not in it has none. */
  lastEnds(conversationIds: readonly string[]): Promise<ReadonlyMap<string, Date>>;
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
    issue: async (purpose, grant) => {
      const token = randomBytes(32).toString("base64url");
      const at = now().getTime();
      await guarded("Issuing a chat token", async () => {
        await db.delete(directlineTokens).where(lt(directlineTokens.expiresAt, new Date(at - rememberedMs)));
        await db.insert(directlineTokens).values({
          tokenHash: hashOf(token),
          purpose,
          conversationId: grant.conversationId,
          userId: grant.userId,
          sites: grant.sites === undefined ? null : [...grant.sites],
          expiresAt: new Date(at + tokenLifeSeconds[purpose] * 1000),
        });
      });
      return token;
    },
    find: async (purpose, token) => {
      const rows = await guarded("Checking a chat token", () =>
        db
          .select()
          .from(directlineTokens)
          .where(and(eq(directlineTokens.tokenHash, hashOf(token)), eq(directlineTokens.purpose, purpose))),
      );
      const row = rows[0];
      if (row === undefined) return { kind: "unknown" };
      const leftMs = row.expiresAt.getTime() - now().getTime();
      if (leftMs <= 0) return { kind: "expired" };
      const grant = { conversationId: row.conversationId, userId: row.userId, sites: row.sites ?? undefined };
      return { kind: "valid", grant, expiresInSeconds: Math.ceil(leftMs / 1000) };
    },
    lastEnds: async (conversationIds) => {
      const { conversationId, expiresAt, purpose } = directlineTokens;
      const rows = await guarded("Looking for the tokens of chats", () =>
        db
          .select({ conversationId, end: max(expiresAt) })
          .from(directlineTokens)
          .where(and(inArray(conversationId, [...conversationIds]), eq(purpose, "chat")))
          .groupBy(conversationId),
      );
      return new Map(rows.flatMap((row) => (row.end === null ? [] : [[row.conversationId, row.end]])));
    },
  };
}
