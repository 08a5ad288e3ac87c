import { z } from "zod";
import { SendError } from "../../core/errors.ts";

const Reference = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  conversation: z.object({ id: z.string(), conversationType: z.string().optional(), isGroup: z.boolean().optional() }),
  bot: z.object({ id: z.string() }),
  /** Only in a talk of two: in a group the last one who wrote is not the one who is spoken to. */
  user: z.object({ id: z.string() }).optional(),
});

/** Where a conversation goes on: what Bot Framework calls a conversation reference, without anybody's name. */
export type Reference = z.infer<typeof Reference>;

/** The reference as the contact's address, which is kept encrypted. */
export function renderAddress(reference: Reference): string {
  return JSON.stringify(reference);
}

/** What stays of a reference: the service moves between regions, the conversation does not. */
export function addressKeyOf({ channelId, conversation }: Reference): string {
  return `${channelId}\n${conversation.id}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a stored address; throws SendError where it is no reference. */
export function parseAddress(address: string): Reference {
  const parsed = Reference.safeParse(readJson(address));
  if (!parsed.success) throw new SendError("refused", "The stored address of this contact is no conversation reference.");
  return parsed.data;
}
