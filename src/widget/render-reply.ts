import type { ShownButton, ShownCard, ShownReply } from "./activities.ts";
import { element, webAddress } from "./elements.ts";
import type { Interim } from "./live.ts";
import type { PageData } from "./page-data.ts";

type Strings = PageData["strings"];

function paragraphs(texts: readonly string[]): readonly HTMLElement[] {
  return texts.filter((text) => text !== "").map((text) => element("p", { text }));
}

/** The visible words name the site; the title follows for those who hear links out of context. */
function renderLink(card: ShownCard, strings: Strings): HTMLElement {
  const address = webAddress(card.url);
  if (address === undefined) return element("p", { text: card.url });
  const link = element("a", { text: `${strings.openLink}: ` });
  link.append(
    element("bdi", { text: address.host.replace(/^www\./, "") }),
    element("span", { className: "visually-hidden", text: ` (${card.title})` }),
  );
  link.href = address.href;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return element("p", { className: "offer-link", children: [link] });
}

/** Absent where the offer has no dates. */
function renderCalendar({ calendar, title }: ShownCard): readonly HTMLElement[] {
  const address = calendar === undefined ? undefined : webAddress(calendar.url);
  if (calendar === undefined || address === undefined) return [];
  const link = element("a", { text: calendar.label });
  link.append(element("span", { className: "visually-hidden", text: ` (${title})` }));
  link.href = address.href;
  return [element("p", { className: "offer-link", children: [link] })];
}

function renderCard(card: ShownCard, headingId: string, strings: Strings): HTMLElement {
  const heading = element("h2", { text: card.title });
  heading.id = headingId;
  if (card.titleLang !== undefined) heading.lang = card.titleLang;
  const source = element("p", { className: "source", text: card.source });
  const article = element("article", {
    className: "offer",
    children: [heading, ...paragraphs(card.lines), renderLink(card, strings), ...renderCalendar(card), source],
  });
  article.setAttribute("aria-labelledby", headingId);
  return article;
}

/** An answer as a list item of the log, without its buttons. `number` makes the ids of headings unique. */
export function renderReply(reply: ShownReply, number: number, strings: Strings): HTMLLIElement {
  const item = element("li", { className: "message answer", children: [element("p", { className: "who", text: strings.assistant })] });
  const bubble = element("div", { className: "bubble", children: paragraphs(reply.lead) });
  if (reply.cards.length > 0) {
    const cards = reply.cards.map((card, at) => element("li", { children: [renderCard(card, `offer-${number}-${at}`, strings)] }));
    bubble.append(element("ul", { className: "offers", children: cards }));
  }
  bubble.append(...paragraphs(reply.closing));
  if (reply.lang !== "") {
    bubble.lang = reply.lang;
    bubble.dir = reply.lang === "ar" ? "rtl" : "ltr";
  }
  item.append(bubble);
  return item;
}

/** An answer under way as a list item of the log; it is busy, so that nobody hears it who does not look for it. */
export function renderInterim({ lang, text }: Interim, strings: Strings): HTMLLIElement {
  const bubble = element("div", { className: "bubble", children: paragraphs(text.split(/\n+/)) });
  bubble.lang = lang;
  const item = element("li", {
    className: "message answer interim",
    children: [element("p", { className: "who", text: strings.assistant }), bubble],
  });
  item.ariaBusy = "true";
  return item;
}

/** The buttons for how to go on; undefined if there are none. */
export function renderButtons(reply: ShownReply, press: (button: ShownButton, event: MouseEvent) => void): HTMLElement | undefined {
  if (reply.buttons.length === 0) return undefined;
  const items = reply.buttons.map((button) => {
    const pressed = element("button", { className: "action", text: button.title });
    pressed.type = "button";
    pressed.addEventListener("click", (event) => press(button, event));
    return element("li", { children: [pressed] });
  });
  const list = element("ul", { className: "actions", children: items });
  if (reply.lang !== "") list.lang = reply.lang;
  return list;
}

/** What a screen reader hears of an answer at once; the whole of it stands in the log. */
export function spokenText(reply: ShownReply): string {
  return [...reply.lead, ...reply.cards.map((card) => card.title), ...reply.closing].filter((text) => text !== "").join("\n");
}
