import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Composer } from "../../core/composer.ts";
import { AppError } from "../../core/errors.ts";
import type { HandoverFinding } from "../../core/handover.ts";
import { languages } from "../../core/languages.ts";
import type { Letters } from "../../core/message.ts";
import type { Database } from "../../database/database.ts";
import { handovers } from "../../database/schema.ts";

/** What writing to people needs; `onTold` is called after a commit that queued letters. */
export interface HandoverParts {
  readonly db: Database;
  readonly letters: Letters<Database>;
  readonly composer: Composer;
  readonly onTold: () => void;
}

const Addressee = z.object({ conversationId: z.string(), lang: z.enum(languages) });

/**
 * Writes to the person of a handover, in the language they last wrote; false if they cannot be reached any more. Comes before the handover is locked: a turn locks the
 * conversation first, too, and the handover last.
 */
export async function writeTo(
  transaction: Database,
  id: number,
  finding: HandoverFinding,
  { letters, composer }: Pick<HandoverParts, "letters" | "composer">,
): Promise<boolean> {
  const [row] = await transaction
    .select({ conversationId: handovers.conversationId, lang: handovers.lang })
    .from(handovers)
    .where(eq(handovers.id, id));
  if (row === undefined) throw new AppError("USAGE", `There is no handover ${id}. See: npm run -s staff -- handovers list`);
  const { conversationId, lang } = Addressee.parse(row);
  const reply = composer.compose({ kind: "handover", ...finding }, { lang, simple: false, introduce: false });
  const [letter] = await letters.push(transaction, [{ conversationId, reply }]);
  return letter !== undefined;
}
