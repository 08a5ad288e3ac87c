import { html, nothing, type TemplateResult } from "lit";
import type { ShownButton, ShownReply } from "./activities.ts";
import { renderButtons, renderReply } from "./render-reply.ts";
import type { Settings } from "./settings.ts";
import type { Entry } from "./talk.ts";

/** What can be done with entries; the event tells whether a pointer did it. */
export interface EntryActions {
  readonly ask: (question: string, event: MouseEvent) => void;
  readonly press: (button: ShownButton, event: MouseEvent) => void;
  readonly sendAgain: (entry: Extract<Entry, { kind: "own" }>, event: MouseEvent) => void;
  readonly readAloud: (reply: ShownReply) => void;
}

/** How an answer stands in the talk. */
export interface ReplyState {
  /** Makes the ids of its headings unique. */
  readonly number: number;
  /** True if its buttons are shown. */
  readonly isOpen: boolean;
  readonly canRead: boolean;
  readonly isRead: boolean;
}

/** The greeting, with examples while nothing was written. */
export function renderWelcome({ strings, welcome, examples }: Settings, isFresh: boolean, { ask }: EntryActions): TemplateResult {
  const example = (question: string) =>
    html`<li><button type="button" class="action" dir="auto" @click=${(event: MouseEvent) => ask(question, event)}>${question}</button></li>`;
  return html`<li class="message answer welcome">
    <p class="who">${strings.assistant}</p>
    <div class="bubble" part="answer"><p dir="auto">${welcome}</p></div>
    ${
      isFresh
        ? html`<p class="examples-label" id="examples-label">${strings.examples}</p>
            <ul class="actions" aria-labelledby="examples-label">${examples.map(example)}</ul>`
        : nothing
    }
  </li>`;
}

/** What the person wrote; where it could not be sent, with a button for that. */
export function renderOwn(entry: Extract<Entry, { kind: "own" }>, { strings }: Settings, { sendAgain }: EntryActions): TemplateResult {
  return html`<li class="message own">
    <p class="who" dir="auto">${strings.you}</p>
    <div class="bubble" part="question"><p dir="auto">${entry.message.label}</p></div>
    ${
      entry.failed
        ? html`<div class="failure">
            <p dir="auto">${strings.failed}</p>
            <button type="button" class="action" dir="auto" @click=${(event: MouseEvent) => sendAgain(entry, event)}>${strings.sendAgain}</button>
          </div>`
        : nothing
    }
  </li>`;
}

/** An answer with who gives it, and its buttons. */
export function renderAnswer(
  reply: ShownReply,
  { number, isOpen, canRead, isRead }: ReplyState,
  { strings }: Settings,
  { press, readAloud }: EntryActions,
): TemplateResult {
  return html`<li class="message answer">
    <p class="who" dir="auto">${reply.writer === "human" ? strings.human : strings.assistant}</p>
    ${renderReply(reply, number, strings)}
    ${
      canRead
        ? html`<button type="button" class="aloud" aria-pressed=${isRead} @click=${() => readAloud(reply)}>
            ${isRead ? strings.stopReading : strings.readAloud}
          </button>`
        : nothing
    }
    ${isOpen ? renderButtons(reply, press) : nothing}
  </li>`;
}

/** A line of the chat itself. */
export function renderNote(text: string): TemplateResult {
  return html`<li class="message note"><p dir="auto">${text}</p></li>`;
}
