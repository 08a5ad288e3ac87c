import type { Reply } from "../core/answer.ts";
import type { Manner } from "../core/composer.ts";
import type { Lang } from "../core/languages.ts";
import type { ChannelCapabilities, StoredMessage } from "../core/message.ts";
import type { Response } from "./respond-to-search.ts";

/** How a response is to be worded on a channel that can do that; `isFirst` for the first answer of a conversation. */
export function mannerOf(
  { id, content }: StoredMessage,
  { finding, context }: Response,
  lang: Lang,
  isFirst: boolean,
  { saysItself, carrier, replaces = false, sharesPlace = false }: ChannelCapabilities,
): Manner {
  const tellsCarrier = carrier !== undefined && (isFirst || (finding.kind === "meta" && finding.about === "privacy"));
  return {
    lang,
    simple: context.simple,
    introduce: isFirst && !saysItself,
    edited: content.kind === "text" && content.edited === true,
    ...(tellsCarrier ? { carrier } : {}),
    replaces,
    sharesPlace,
    messageId: id,
  };
}

/** The other page of a list stands where the one was whose button was pressed. */
export function replaced(
  { content }: StoredMessage,
  { finding, intent }: Response,
  { replaces }: ChannelCapabilities,
): Pick<Reply, "replaces"> {
  const turnsPage = intent === "more" && (finding.kind === "offers" || finding.kind === "capacity");
  return replaces === true && turnsPage && content.kind === "button" && content.on !== undefined ? { replaces: content.on } : {};
}
