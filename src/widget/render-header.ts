import { html, nothing, type TemplateResult } from "lit";
import type { Settings } from "./settings.ts";

/** What a header is made of. */
export interface HeaderParts {
  readonly settings: Settings;
  /** True while a person of the city writes in place of the programme. */
  readonly isHuman: boolean;
  readonly mayDictate: boolean;
  /** Undefined where the chat is a part of the page and cannot be closed. */
  readonly close: (() => void) | undefined;
  readonly exit: () => void;
  readonly choose: {
    readonly language: (lang: Settings["lang"]) => void;
    readonly command: (command: Settings["commands"][number]) => void;
    readonly dictation: () => void;
    readonly transcript: () => void;
    readonly restart: () => void;
  };
  /** Called after a choice: the focus goes where writing goes on. */
  readonly chosen: (work: () => void) => void;
}

function menuOf(event: Event): HTMLDetailsElement | null {
  return event.target instanceof Element ? event.target.closest("details") : null;
}

/** Escape closes the menu, and so does the focus that leaves it. */
function closeMenu(event: Event): void {
  const menu = menuOf(event);
  if (menu === null || !menu.open) return;
  if (event instanceof KeyboardEvent) {
    if (event.key !== "Escape") return;
    // Else the panel would close as well.
    event.preventDefault();
    menu.querySelector("summary")?.focus();
  } else if (event instanceof FocusEvent && (!(event.relatedTarget instanceof Node) || menu.contains(event.relatedTarget))) return;
  menu.open = false;
}

function renderMenu({ settings, mayDictate, choose, chosen }: HeaderParts): TemplateResult {
  const { strings, commands, languages, links, lang } = settings;
  const on = (work: () => void) => (event: Event) => {
    menuOf(event)?.removeAttribute("open");
    chosen(work);
  };
  const button = (label: string, work: () => void) =>
    html`<li><button type="button" class="choice" dir="auto" @click=${on(work)}>${label}</button></li>`;
  return html`<details class="menu" @keydown=${closeMenu} @focusout=${closeMenu}>
    <summary>${strings.menu}</summary>
    <div class="choices">
      <p id="chat-language">${strings.language}</p>
      <ul class="languages" aria-labelledby="chat-language">
        ${languages.map(
          (each) =>
            html`<li><button type="button" class="language" lang=${each.lang} aria-pressed=${each.lang === lang} @click=${on(() =>
              choose.language(each.lang),
            )}>${each.name}</button></li>`,
        )}
      </ul>
      <ul>
        ${commands.map((command) => button(command.label, () => choose.command(command)))}
        ${mayDictate ? button(strings.dictate, choose.dictation) : nothing}
        ${button(strings.transcript, choose.transcript)} ${button(strings.restart, choose.restart)}
        ${links.map(({ label, url }) => html`<li><a class="choice" href=${url} target="_blank" rel="noopener" dir="auto">${label}</a></li>`)}
      </ul>
      <p class="hint" dir="auto">${strings.exitHint}</p>
    </div>
  </details>`;
}

/** The title, what helps to leave, the menu, and who writes here: a programme, unless a person does. */
export function renderHeader(parts: HeaderParts): TemplateResult {
  const { settings, isHuman, close, exit } = parts;
  const { strings, demo, onDuty } = settings;
  return html`<header part="header">
    <div class="bar">
      <h2 class="title">${strings.title}</h2>
      <div class="tools">
        <button type="button" class="exit" part="exit" aria-describedby="exit-hint" @click=${exit}>${strings.exit}</button>
        <span id="exit-hint" hidden>${strings.exitHint}</span>
        ${renderMenu(parts)}
        ${
          close === undefined
            ? nothing
            : html`<button type="button" class="close" aria-label=${strings.close} @click=${close}><span aria-hidden="true">×</span></button>`
        }
      </div>
    </div>
    <p class="notice">
      ${isHuman ? strings.humanWrites : strings.notice}${onDuty && !isHuman ? html` <span class="duty">${strings.onDuty}</span>` : nothing}
    </p>
    ${demo ? html`<p class="demo">${strings.demoBanner}</p>` : nothing}
  </header>`;
}
