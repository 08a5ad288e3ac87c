import type { ShownButton, ShownReply } from "./activities.ts";
import type { ChatView } from "./chat.ts";
import type { Outgoing, Place } from "./direct-line.ts";
import { element } from "./elements.ts";
import type { PageData } from "./page-data.ts";
import { renderButtons, renderInterim, renderReply, spokenText } from "./render-reply.ts";

/** A short wait is not worth an announcement. */
const announceWaitingAfterMs = 2_000;

/** The parts of the page that the chat works on. */
export interface PageParts {
  readonly log: HTMLElement;
  readonly waiting: HTMLElement;
  readonly announcer: HTMLElement;
  readonly input: HTMLTextAreaElement;
}

export interface ViewEvents {
  /** Somebody wants to send this: a pressed button or a failed message once more. */
  readonly send: (message: Outgoing) => void;
  readonly newId: () => string;
  /** Where the person is, asked for at this moment; undefined if the browser does not say. */
  readonly findPlace: () => Promise<Place | undefined>;
}

/** Shows the talk in the page. Everything that came from people or the server is set as text. */
export function createView({ log, waiting, announcer, input }: PageParts, strings: PageData["strings"], events: ViewEvents): ChatView {
  const own = new Map<string, { readonly item: HTMLElement; readonly message: Outgoing }>();
  let buttons: HTMLElement | undefined;
  let interim: HTMLElement | undefined;
  let replies = 0;
  let waitingTimer: ReturnType<typeof setTimeout> | undefined;

  /** `start` brings the beginning into view: long answers are read from there. */
  function append(item: HTMLElement, block: ScrollLogicalPosition): void {
    log.append(item);
    item.scrollIntoView({ block });
  }

  function say(lines: readonly HTMLElement[]): void {
    announcer.replaceChildren();
    // A region that is emptied and filled in one go is not read again if the text is the same.
    setTimeout(() => announcer.replaceChildren(...lines), 50);
  }

  function dropButtons(): void {
    const hadFocus = buttons?.contains(document.activeElement) === true;
    buttons?.remove();
    buttons = undefined;
    if (hadFocus) input.focus();
  }

  function dropInterim(): void {
    interim?.remove();
    interim = undefined;
  }

  function renderFailure(message: Outgoing): HTMLElement {
    const again = element("button", { className: "action", text: strings.sendAgain });
    again.type = "button";
    again.addEventListener("click", (event) => {
      events.send(message);
      if (event.detail === 0) input.focus();
    });
    return element("div", { className: "failure", children: [element("p", { text: strings.failed }), again] });
  }

  async function press({ title, value, sharesPlace = false }: ShownButton): Promise<void> {
    if (!sharesPlace) return events.send({ id: events.newId(), label: title, value });
    const place = await events.findPlace();
    if (place !== undefined) return events.send({ id: events.newId(), label: title, place });
    say([element("p", { text: strings.noPlace })]);
    append(element("li", { className: "message note", children: [element("p", { text: strings.noPlace })] }), "nearest");
  }

  return {
    showOwn: (message) => {
      const bubble = element("div", { className: "bubble", children: [element("p", { text: message.label })] });
      const item = element("li", { className: "message own", children: [element("p", { className: "who", text: strings.you }), bubble] });
      own.set(message.id, { item, message });
      dropButtons();
      append(item, "nearest");
    },
    setFailed: (id, failed) => {
      const shown = own.get(id);
      if (shown === undefined) return;
      shown.item.querySelector(".failure")?.remove();
      if (!failed) return;
      const failure = renderFailure(shown.message);
      shown.item.append(failure);
      failure.scrollIntoView({ block: "nearest" });
      say([element("p", { text: strings.failed })]);
    },
    showReply: (reply) => {
      dropInterim();
      dropButtons();
      replies += 1;
      const item = renderReply(reply, replies, strings);
      // By pointer nothing is focused, so that no keyboard opens over the answer.
      buttons = renderButtons(reply, (button, event) => {
        if (event.detail === 0) input.focus();
        void press(button);
      });
      if (buttons !== undefined) item.append(buttons);
      append(item, "start");
    },
    showInterim: (under) => {
      const before = interim;
      interim = renderInterim(under, strings);
      if (before === undefined) append(interim, "nearest");
      else before.replaceWith(interim);
    },
    setWaiting: (isWaiting) => {
      if (!isWaiting) dropInterim();
      if (waiting.hidden === !isWaiting) return;
      clearTimeout(waitingTimer);
      waiting.hidden = !isWaiting;
      if (!isWaiting) return;
      waiting.scrollIntoView({ block: "nearest" });
      waitingTimer = setTimeout(() => say([element("p", { text: strings.waiting })]), announceWaitingAfterMs);
    },
    announce: (finished: readonly ShownReply[]) => {
      const lines = finished.map((reply) => {
        const line = element("p", { text: spokenText(reply) });
        line.lang = reply.lang;
        return line;
      });
      say([element("p", { text: strings.answerReady }), ...lines]);
    },
  };
}
