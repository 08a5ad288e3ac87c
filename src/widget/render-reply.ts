import { html, nothing, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { ShownButton, ShownCard, ShownReply } from "./activities.ts";
import type { Interim } from "./live.ts";
import type { Strings } from "./settings.ts";

/** The address if a browser may open it as a page, else undefined. */
function webAddress(url: string): URL | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed : undefined;
}

function paragraphs(texts: readonly string[]): readonly TemplateResult[] {
  return texts.filter((text) => text !== "").map((text) => html`<p dir="auto">${text}</p>`);
}

/** The visible words name the site; the title follows for those who hear links out of context. */
function renderLink({ url, title }: ShownCard, strings: Strings): TemplateResult {
  const address = webAddress(url);
  if (address === undefined) return html`<p dir="auto">${url}</p>`;
  const host = address.host.replace(/^www\./, "");
  return html`<p class="offer-link">
    <a href=${address.href} target="_blank" rel="noopener noreferrer" dir="auto"
      >${strings.openLink}: <bdi>${host}</bdi><span class="visually-hidden" dir="auto"> (${title})</span></a
    >
  </p>`;
}

/** A link with its label, and the title for those who hear links out of context; nothing where the card has none. */
function renderOther(link: { readonly label: string; readonly url: string } | undefined, title: string, isPage: boolean) {
  const address = link === undefined ? undefined : webAddress(link.url);
  if (link === undefined || address === undefined) return nothing;
  return html`<p class="offer-link">
    <a href=${address.href} target=${ifDefined(isPage ? "_blank" : undefined)} rel="noopener noreferrer" dir="auto"
      >${link.label}<span class="visually-hidden" dir="auto"> (${title})</span></a
    >
  </p>`;
}

function renderCard(card: ShownCard, headingId: string, strings: Strings): TemplateResult {
  return html`<article class="offer" part="offer" aria-labelledby=${headingId}>
    <h2 id=${headingId} dir="auto" lang=${ifDefined(card.titleLang)}>${card.title}</h2>
    ${paragraphs(card.lines)} ${renderLink(card, strings)} ${renderOther(card.map, card.title, true)}
    ${renderOther(card.calendar, card.title, false)}
    <p class="source" dir="auto">${card.source}</p>
  </article>`;
}

const directionOf = (lang: string) => (lang === "" ? undefined : lang === "ar" ? "rtl" : "ltr");

/** The bubble of an answer. `number` makes the ids of headings unique. */
export function renderReply({ lang, lead, cards, closing }: ShownReply, number: number, strings: Strings): TemplateResult {
  const offers = cards.map((card, at) => html`<li>${renderCard(card, `offer-${number}-${at}`, strings)}</li>`);
  return html`<div class="bubble" part="answer" lang=${ifDefined(lang === "" ? undefined : lang)} dir=${ifDefined(directionOf(lang))}>
    ${paragraphs(lead)} ${offers.length === 0 ? nothing : html`<ul class="offers">${offers}</ul>`} ${paragraphs(closing)}
  </div>`;
}

/** An answer under way; it is busy, so that nobody hears it who does not look for it. */
export function renderInterim({ lang, text }: Interim, strings: Strings): TemplateResult {
  return html`<li class="message answer interim" aria-busy="true">
    <p class="who" dir="auto">${strings.assistant}</p>
    <div class="bubble" lang=${lang} dir=${ifDefined(directionOf(lang))}>${paragraphs(text.split(/\n+/))}</div>
  </li>`;
}

/** The buttons for how to go on. */
export function renderButtons(reply: ShownReply, press: (button: ShownButton, event: MouseEvent) => void) {
  if (reply.buttons.length === 0) return nothing;
  const items = reply.buttons.map(
    (button) =>
      html`<li><button type="button" class="action" dir="auto" @click=${(event: MouseEvent) => press(button, event)}>${button.title}</button></li>`,
  );
  return html`<ul class="actions" lang=${ifDefined(reply.lang === "" ? undefined : reply.lang)}>${items}</ul>`;
}

/** What a screen reader hears of an answer at once; the whole of it stands in the log. */
export function spokenText(reply: ShownReply): string {
  return [...reply.lead, ...reply.cards.map((card) => card.title), ...reply.closing].filter((text) => text !== "").join("\n");
}

/** An answer as plain text, with its addresses. */
export function plainText({ lead, cards, closing }: ShownReply): string {
  const offers = cards.map(({ title, lines, url, source }) => [title, ...lines, url, source].join("\n"));
  return [lead.join("\n"), ...offers, closing.join("\n")].filter((text) => text !== "").join("\n\n");
}
