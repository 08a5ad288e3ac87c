import type { Lang } from "../core/languages.ts";
import type { ConversationContext, LastSearch } from "./context.ts";
import type { Response } from "./respond-to-search.ts";

/** Slots without the citizen's own words. */
export function withoutWords<Given extends Pick<LastSearch["slots"], "when">>({ when: _words, ...slots }: Given): Omit<Given, "when"> {
  return slots;
}

/** The context after a turn, `rated` being the turn that a rating is about, and `askable` the one that somebody is asked whether to wait for; the words of a personal topic are not kept in it. */
export function remember(
  response: Response,
  personal: boolean,
  lang: Lang,
  { rated, askable }: { readonly rated: string; readonly askable: string | undefined },
): ConversationContext {
  const { search } = response.context;
  const forgotten =
    personal && search !== undefined ? { search: { ...search, origin: undefined, text: "", slots: withoutWords(search.slots) } } : {};
  const { finding } = response;
  const asked = finding.kind === "question" || (finding.kind === "watch" && finding.about === "what");
  const asksConsent = finding.kind === "watch" && finding.about === "ask" ? true : undefined;
  const asksTell = "tells" in finding && finding.tells !== undefined ? askable : undefined;
  return { ...response.context, lang, asked, asksConsent, asksTell, lastTurn: rated, ...forgotten };
}
