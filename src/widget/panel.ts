import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ShownButton, ShownReply } from "./activities.ts";
import { type Chat, createChat } from "./chat.ts";
import { createDirectLineClient, type Outgoing } from "./direct-line.ts";
import { addFonts } from "./fonts.ts";
import { onThreeShifts } from "./leave.ts";
import { createLive } from "./live.ts";
import { clearAll, createMemory, type Memory, memoryKey } from "./memory.ts";
import { panelStyle } from "./panel-style.ts";
import { findPlace } from "./place.ts";
import { plainText, renderButtons, renderInterim, renderReply, spokenText } from "./render-reply.ts";
import { fetchSettings, type Settings } from "./settings.ts";
import { canDictate, createReader, type Dictation, dictate } from "./speech.ts";
import { createTalk, type Entry, type Talk } from "./talk.ts";
import { applyTheme } from "./theme.ts";

/** Where a panel is opened. */
interface PanelPlace {
  /** The `<stadtlotse-chat>`: its attributes are read, and it tells the page what happens. */
  readonly host: HTMLElement;
  /** Where the files of the widget lie, with a slash at the end. */
  readonly base: string;
  readonly lang: string;
  /** Tells several chats of one page apart, from 1 on: each has a talk of its own. */
  readonly number: number;
  readonly isDialog: boolean;
  readonly close: () => void;
}

/** A line for screen readers, in its language. */
interface SpokenLine {
  readonly text: string;
  readonly lang?: string;
}

/** Told to all chats of a page when somebody leaves it quickly. */
const leaving = "stadtlotse-leaving";

/** A short wait is not worth an announcement. */
const announceWaitingAfterMs = 2_000;
/** A region that is emptied and filled in one go is not read again if the text is the same. */
const announceAfterMs = 50;
const scrollMarginPx = 16;

/** Not crypto.randomUUID: browsers keep that from pages without TLS. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The chat itself: header, log, form. Everything that came from people or the server is set as text. */
class StadtlotsePanel extends LitElement {
  static override styles = panelStyle;

  #place: PanelPlace | undefined;
  #settings: Settings | undefined;
  #talk: Talk = this.#newTalk();
  #chat: Chat | undefined;
  #memory: Memory | undefined;
  #news: Entry | undefined;
  #reading: ShownReply | undefined;
  #dictation: "off" | "asked" | "listening" = "off";
  #waitingTimer: ReturnType<typeof setTimeout> | undefined;
  #hadFocusInActions = false;
  /** How the last button was pressed: by pointer nothing is focused that opens a keyboard over the answer. */
  #byKeyboard = true;
  #dictated: Dictation | undefined;
  #isLeft = false;
  #spoken: readonly SpokenLine[] = [];
  #sayTimer: ReturnType<typeof setTimeout> | undefined;
  #languageChoices = 0;
  readonly #reader = createReader(globalThis.speechSynthesis, () => this.requestUpdate());
  readonly #ends: (() => void)[] = [];

  /** Sets the panel up; called once, before all else. Gives the language that was chosen in this tab before. */
  prepare(place: PanelPlace): string | undefined {
    this.#place = place;
    this.#memory = createMemory(() => sessionStorage, memoryKey(this.#endpoint, place.number));
    // What a page may style lies two shadow roots deep.
    this.setAttribute("exportparts", "panel, header, log, answer, question, offer, input, send, exit");
    const theme = place.host.getAttribute("theme");
    if (theme !== null) this.setAttribute("theme", theme);
    return this.#memory.load().lang;
  }

  /** Gives it the sentences and the city's colours; called before it is put into a page. */
  apply(settings: Settings): void {
    this.#settings = settings;
    applyTheme(this.#at.host, settings.theme);
  }

  get #endpoint(): string {
    const { host, base } = this.#at;
    return new URL(host.getAttribute("endpoint") ?? "../v3/directline", base).href.replace(/\/+$/, "");
  }

  get #at(): PanelPlace {
    if (this.#place === undefined) throw new Error("The panel was not prepared.");
    return this.#place;
  }

  get #set(): Settings {
    if (this.#settings === undefined) throw new Error("The panel was not prepared.");
    return this.#settings;
  }

  /** What a talk tells that is no longer shown is not heard. */
  #newTalk(): Talk {
    const isShown = () => this.#talk === talk;
    const talk: Talk = createTalk({
      changed: (news) => {
        if (!isShown()) return;
        if (news !== undefined) this.#news = news;
        this.requestUpdate();
      },
      announced: (replies) => {
        if (isShown()) this.#announce(replies);
      },
      failed: () => {
        if (isShown()) this.#say([{ text: this.#set.strings.failed }]);
      },
    });
    return talk;
  }

  /** Begins a talk, or goes on with the one that the tab remembers. */
  #begin(): void {
    const memory = this.#memory;
    if (memory === undefined) return;
    this.#talk = this.#newTalk();
    const client = createDirectLineClient({
      endpoint: this.#endpoint,
      lang: this.#set.lang,
      fetch: (url, init) => fetch(url, init),
      now: Date.now,
    });
    this.#chat = createChat({
      ...{ client, memory, view: this.#talk, now: Date.now, isHidden: () => document.hidden },
      openLive: (events) => createLive({ client, open: (url) => new WebSocket(url) }, events),
    });
    void this.#chat.resume();
    const topic = this.#at.host.getAttribute("topic");
    const { session, unsent } = memory.load();
    if (topic !== null && session === undefined && unsent.length === 0)
      void this.#send({ id: newId(), label: topic, text: `/start ${topic}` });
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#begin();
    const listen = (target: EventTarget, name: string, hear: () => void): void => {
      target.addEventListener(name, hear);
      this.#ends.push(() => target.removeEventListener(name, hear));
    };
    listen(document, "visibilitychange", () => {
      if (!document.hidden) void this.#chat?.look();
    });
    listen(globalThis, "online", () => {
      this.#talk.setOffline(false);
      void this.#chat?.reconnect();
    });
    listen(globalThis, "offline", () => this.#talk.setOffline(true));
    listen(globalThis, leaving, () => this.#vanish());
    // A browser may bring a page back as it was left.
    listen(globalThis, "pageshow", () => {
      if (this.#isLeft) location.reload();
    });
    this.#ends.push(onThreeShifts(document, () => this.#leave()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.#ends.splice(0)) end();
    this.pause();
    this.#chat?.stop();
  }

  /** Sends words as if they were typed. */
  async send(text: string): Promise<void> {
    const label = text.trim();
    if (label !== "") await this.#send({ id: newId(), label });
  }

  /** Forgets the talk in this tab and begins anew. */
  reset(): void {
    this.pause();
    this.#chat?.stop();
    const lang = this.#memory?.load().lang;
    this.#memory?.clear();
    if (lang !== undefined) this.#memory?.save({ lang });
    if (this.#input !== null) this.#input.value = "";
    this.#begin();
    this.focusInput();
  }

  /** What the panel is called. */
  get label(): string {
    return this.#set.strings.title;
  }

  /** The chat is not seen any more: no reading aloud, no listening. */
  pause(): void {
    this.#reader.stop();
    this.#reading = undefined;
    this.#dictated?.end();
    this.#dictation = "off";
    this.requestUpdate();
  }

  focusInput(): void {
    void this.updateComplete.then(() => {
      this.#input?.focus();
      // What came while nobody saw it.
      this.#say([]);
    });
  }

  /** Saves the talk as a text file. */
  downloadTranscript(): void {
    const { you, assistant } = this.#set.strings;
    const lines = this.#talk.entries.map((entry) => {
      if (entry.kind === "reply") return `${assistant}:\n${plainText(entry.reply)}`;
      return entry.kind === "own" ? `${you}:\n${entry.message.label}` : entry.text;
    });
    const link = document.createElement("a");
    const address = URL.createObjectURL(new Blob([`${lines.join("\n\n")}\n`], { type: "text/plain;charset=utf-8" }));
    link.href = address;
    link.download = "stadtlotse.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1_000);
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  get #region(): HTMLElement | null {
    return this.renderRoot.querySelector("#chat-region");
  }

  async #send(message: Outgoing): Promise<void> {
    if (this.#isLeft) return;
    this.#at.host.dispatchEvent(new CustomEvent("message", { detail: { from: "user", text: message.label } }));
    await this.#chat?.send(message);
  }

  /** Clears every talk of this tab and puts another page in the place of this one, so that "back" does not lead here. */
  #leave(): void {
    globalThis.dispatchEvent(new Event(leaving));
    clearAll(() => sessionStorage);
    location.replace(this.#set.exitUrl);
  }

  /** Nothing is seen, heard or written down of this chat any more, however long the other page takes. */
  #vanish(): void {
    this.#isLeft = true;
    this.pause();
    this.#chat?.stop();
    this.#memory?.clear();
    this.#talk = this.#newTalk();
    this.#at.host.hidden = true;
    this.requestUpdate();
  }

  /** Has screen readers say lines. What comes while the chat is closed is said when it is opened; what comes at once is said together. */
  #say(lines: readonly SpokenLine[]): void {
    this.#spoken = [...this.#spoken, ...lines];
    const region = this.renderRoot.querySelector("#chat-announcer");
    if (region === null || this.#spoken.length === 0 || !region.checkVisibility()) return;
    region.replaceChildren();
    clearTimeout(this.#sayTimer);
    this.#sayTimer = setTimeout(() => {
      const said = this.#spoken.map(({ text, lang = "" }) => {
        const line = document.createElement("p");
        line.textContent = text;
        if (lang !== "") line.lang = lang;
        return line;
      });
      this.#spoken = [];
      region.replaceChildren(...said);
    }, announceAfterMs);
  }

  #announce(replies: readonly ShownReply[]): void {
    this.#say([{ text: this.#set.strings.answerReady }, ...replies.map((reply) => ({ text: spokenText(reply), lang: reply.lang }))]);
    for (const reply of replies)
      this.#at.host.dispatchEvent(new CustomEvent("message", { detail: { from: "assistant", text: plainText(reply) } }));
  }

  async #press({ title, value, sharesPlace = false }: ShownButton): Promise<void> {
    if (!sharesPlace) return await this.#send({ id: newId(), label: title, value });
    const talk = this.#talk;
    const place = await findPlace();
    // Somebody went on, or pressed twice.
    if (this.#talk !== talk || !talk.open?.buttons.some((button) => button.sharesPlace === true)) return;
    if (place !== undefined) return await this.#send({ id: newId(), label: title, place });
    this.#talk.note(this.#set.strings.noPlace);
    this.#say([{ text: this.#set.strings.noPlace }]);
  }

  #submit(event: Event): void {
    event.preventDefault();
    const input = this.#input;
    const label = input?.value.trim() ?? "";
    if (input === null || label === "") {
      input?.focus();
      return;
    }
    input.value = "";
    this.#memory?.save({ draft: "" });
    void this.#send({ id: newId(), label });
  }

  #edited(): void {
    if (this.#isLeft) return;
    this.#memory?.save({ draft: this.#input?.value ?? "" });
    void this.#chat?.prepare();
  }

  #typed(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.renderRoot.querySelector("form")?.requestSubmit();
  }

  #read(reply: ShownReply): void {
    const isSame = this.#reading === reply;
    this.#reader.stop();
    this.#reading = isSame ? undefined : reply;
    if (!isSame)
      this.#reader.read(plainText({ ...reply, cards: reply.cards.map((card) => ({ ...card, url: "" })) }), reply.lang, () => {
        if (this.#reading === reply) this.#reading = undefined;
        this.requestUpdate();
      });
    this.requestUpdate();
  }

  /** Asks whether the person agrees, or takes the question away again. */
  #offerDictation(): void {
    this.#dictated?.end();
    this.#dictation = this.#dictation === "off" ? "asked" : "off";
    this.requestUpdate();
    if (this.#dictation === "asked") void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".dictation")?.focus());
  }

  async #dictate(): Promise<void> {
    this.#dictation = "listening";
    this.#dictated = dictate(this.#set.lang);
    this.requestUpdate();
    const said = await this.#dictated.words;
    this.#dictation = "off";
    this.requestUpdate();
    const input = this.#input;
    if (input === null) return;
    if (said !== undefined) input.value = [input.value, said].filter((text) => text !== "").join(" ");
    this.#edited();
    input.focus();
  }

  async #chooseLanguage(lang: Settings["lang"]): Promise<void> {
    this.#languageChoices += 1;
    const choice = this.#languageChoices;
    try {
      const settings = await fetchSettings(this.#at.base, lang);
      if (choice !== this.#languageChoices || this.#isLeft) return;
      this.#settings = settings;
    } catch (error) {
      this.#talk.note(this.#set.strings.loadFailed);
      this.#say([{ text: this.#set.strings.loadFailed }]);
      this.#at.host.dispatchEvent(new CustomEvent("error", { detail: error }));
      return;
    }
    this.#memory?.save({ lang });
    this.pause();
    this.#chat?.stop();
    this.#begin();
    this.focusInput();
  }

  /** A choice of the menu closes it; the focus goes where writing goes on. */
  #choose(event: Event, work: () => void): void {
    this.#menuOf(event)?.removeAttribute("open");
    this.focusInput();
    void this.updateComplete.then(work);
  }

  #menuOf(event: Event): HTMLDetailsElement | null {
    return event.target instanceof Element ? event.target.closest("details") : null;
  }

  #closeMenu(event: Event): void {
    const menu = this.#menuOf(event);
    if (menu === null || !menu.open) return;
    if (event instanceof KeyboardEvent) {
      if (event.key !== "Escape") return;
      // Else the panel would close as well.
      event.preventDefault();
      menu.querySelector("summary")?.focus();
    } else if (event instanceof FocusEvent && (!(event.relatedTarget instanceof Node) || menu.contains(event.relatedTarget))) return;
    menu.open = false;
  }

  protected override willUpdate(): void {
    this.#hadFocusInActions = this.shadowRoot?.activeElement?.closest(".actions, .failure, .dictation") != null;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    const input = this.#input;
    if (input !== null) input.value = this.#memory?.load().draft ?? "";
  }

  protected override updated(): void {
    if (this.#hadFocusInActions && this.shadowRoot?.activeElement == null)
      (this.#byKeyboard ? this.#input : this.#region)?.focus({ preventScroll: true });
    const news = this.#news;
    this.#news = undefined;
    if (news !== undefined) this.#showNews(news);
    if (this.#talk.isWaiting)
      this.#waitingTimer ??= setTimeout(() => this.#say([{ text: this.#set.strings.waiting }]), announceWaitingAfterMs);
    else {
      clearTimeout(this.#waitingTimer);
      this.#waitingTimer = undefined;
    }
  }

  /** Long answers are read from their beginning. Only the log scrolls, never the page around it. */
  #showNews(news: Entry): void {
    const region = this.#region;
    const item = this.renderRoot.querySelector("#chat-log > li:last-child");
    if (region === null || item === null) return;
    // In low windows the whole panel scrolls, not the log in it.
    const scroller = getComputedStyle(region).overflowY === "visible" ? region.parentElement : region;
    if (scroller === null) return;
    const top = item.getBoundingClientRect().top - scroller.getBoundingClientRect().top - scrollMarginPx;
    scroller.scrollBy({ top: news.kind === "reply" || scroller !== region ? top : scroller.scrollHeight, behavior: "instant" });
  }

  #renderTools(): TemplateResult {
    const { strings, commands, languages, links, lang } = this.#set;
    const mayDictate = this.#at.host.hasAttribute("dictation") && canDictate();
    const button = (label: string, work: () => void) =>
      html`<li><button type="button" class="choice" dir="auto" @click=${(event: Event) => this.#choose(event, work)}>${label}</button></li>`;
    return html`<div class="tools">
      <button type="button" class="exit" part="exit" aria-describedby="exit-hint" @click=${() => this.#leave()}>${strings.exit}</button>
      <span id="exit-hint" hidden>${strings.exitHint}</span>
      <details class="menu" @keydown=${this.#closeMenu} @focusout=${this.#closeMenu}>
        <summary>${strings.menu}</summary>
        <div class="choices">
          <p id="chat-language">${strings.language}</p>
          <ul class="languages" aria-labelledby="chat-language">
            ${languages.map(
              (each) =>
                html`<li><button type="button" class="language" lang=${each.lang} aria-pressed=${each.lang === lang} @click=${(
                  event: Event,
                ) => this.#choose(event, () => void this.#chooseLanguage(each.lang))}>${each.name}</button></li>`,
            )}
          </ul>
          <ul>
            ${commands.map(({ label, text }) => button(label, () => void this.#send({ id: newId(), label, text })))}
            ${mayDictate ? button(strings.dictate, () => this.#offerDictation()) : nothing}
            ${button(strings.transcript, () => this.downloadTranscript())} ${button(strings.restart, () => this.reset())}
            ${links.map(({ label, url }) => html`<li><a class="choice" href=${url} target="_blank" rel="noopener" dir="auto">${label}</a></li>`)}
          </ul>
          <p class="hint" dir="auto">${strings.exitHint}</p>
        </div>
      </details>
      ${
        this.#at.isDialog
          ? html`<button type="button" class="close" aria-label=${strings.close} @click=${() => this.#at.close()}><span aria-hidden="true">×</span></button>`
          : nothing
      }
    </div>`;
  }

  #renderHeader(): TemplateResult {
    const { strings, demo, onDuty } = this.#set;
    return html`<header part="header">
      <div class="bar"><h2 class="title">${strings.title}</h2>${this.#renderTools()}</div>
      <p class="notice">${strings.notice}${onDuty ? html` <span class="duty">${strings.onDuty}</span>` : nothing}</p>
      ${demo ? html`<p class="demo">${strings.demoBanner}</p>` : nothing}
    </header>`;
  }

  #renderWelcome(): TemplateResult {
    const { strings, welcome, examples } = this.#set;
    const isFresh = this.#talk.entries.length === 0;
    const ask = (event: MouseEvent, question: string): void => {
      if (event.detail === 0) this.#input?.focus();
      void this.#send({ id: newId(), label: question });
    };
    return html`<li class="message answer welcome">
      <p class="who">${strings.assistant}</p>
      <div class="bubble" part="answer"><p dir="auto">${welcome}</p></div>
      ${
        isFresh
          ? html`<p class="examples-label" id="examples-label">${strings.examples}</p>
              <ul class="actions" aria-labelledby="examples-label">
                ${examples.map(
                  (question) =>
                    html`<li><button type="button" class="action" dir="auto" @click=${(event: MouseEvent) => ask(event, question)}>${question}</button></li>`,
                )}
              </ul>`
          : nothing
      }
    </li>`;
  }

  #renderEntry(entry: Entry, number: number): TemplateResult {
    const { strings } = this.#set;
    if (entry.kind === "note") return html`<li class="message note"><p dir="auto">${entry.text}</p></li>`;
    if (entry.kind === "own") return this.#renderOwn(entry);
    const { reply } = entry;
    const press = (button: ShownButton, event: MouseEvent): void => {
      // By pointer nothing is focused, so that no keyboard opens over the answer.
      if (event.detail === 0) this.#input?.focus();
      void this.#press(button);
    };
    return html`<li class="message answer">
      <p class="who" dir="auto">${strings.assistant}</p>
      ${renderReply(reply, number, strings)}
      ${
        this.#reader.canRead(reply.lang)
          ? html`<button type="button" class="aloud" aria-pressed=${this.#reading === reply} @click=${() => this.#read(reply)}>
              ${this.#reading === reply ? strings.stopReading : strings.readAloud}
            </button>`
          : nothing
      }
      ${this.#talk.open === reply ? renderButtons(reply, press) : nothing}
    </li>`;
  }

  #renderOwn({ message, failed }: Extract<Entry, { kind: "own" }>): TemplateResult {
    const { strings } = this.#set;
    const again = (event: MouseEvent): void => {
      void this.#chat?.send(message);
      if (event.detail === 0) this.#input?.focus();
    };
    return html`<li class="message own">
      <p class="who" dir="auto">${strings.you}</p>
      <div class="bubble" part="question"><p dir="auto">${message.label}</p></div>
      ${
        failed
          ? html`<div class="failure">
              <p dir="auto">${strings.failed}</p>
              <button type="button" class="action" dir="auto" @click=${again}>${strings.sendAgain}</button>
            </div>`
          : nothing
      }
    </li>`;
  }

  #renderDictation(): TemplateResult | typeof nothing {
    const { strings } = this.#set;
    if (this.#dictation === "off") return nothing;
    if (this.#dictation === "listening")
      return html`<div class="dictation">
        <p role="status">${strings.listening}</p>
        <button type="button" class="action" @click=${() => this.#dictated?.end()}>${strings.close}</button>
      </div>`;
    return html`<div class="dictation" role="group" tabindex="-1" aria-label=${strings.dictate}>
      <p>${strings.dictateNotice}</p>
      <button type="button" class="action" @click=${() => void this.#dictate()}>${strings.dictateStart}</button>
    </div>`;
  }

  override render(): TemplateResult {
    const { strings, lang } = this.#set;
    const { entries, interim, isWaiting, isOffline } = this.#talk;
    return html`<div class="panel" part="panel" lang=${lang} dir=${lang === "ar" ? "rtl" : "ltr"} @click=${(event: MouseEvent) => {
      // A click without a pointer comes from the keyboard.
      this.#byKeyboard = event.detail === 0;
    }}>
      ${this.#renderHeader()}
      <section id="chat-region" part="log" aria-label=${strings.logLabel} tabindex="0">
        <ol id="chat-log" class="column">
          ${this.#renderWelcome()} ${repeat(entries, entryKey, (entry, index) => this.#renderEntry(entry, index))}
          ${interim === undefined ? nothing : renderInterim(interim, strings)}
        </ol>
        <p id="chat-waiting" class="column" ?hidden=${!isWaiting}>${strings.waiting}</p>
      </section>
      <div role="status" class="state">${isOffline ? html`<p class="offline">${strings.offline}</p>` : nothing}</div>
      ${this.#renderDictation()}
      <form id="chat-form" autocomplete="off" @submit=${this.#submit} @click=${(event: MouseEvent) => {
        // A click without a pointer comes from the keyboard.
        if (event.target instanceof HTMLButtonElement && event.detail === 0) this.#input?.focus();
      }}>
        <div class="column">
          <label for="chat-input">${strings.messageLabel}</label>
          <div class="composer">
            <textarea id="chat-input" part="input" rows="1" maxlength="4000" dir="auto" enterkeyhint="send" @keydown=${this.#typed}
              @input=${this.#edited}></textarea>
            <button type="submit" class="send" part="send">${strings.send}</button>
          </div>
        </div>
      </form>
      <div id="chat-announcer" class="visually-hidden" role="status" aria-live="polite" aria-atomic="true"></div>
    </div>`;
  }
}

let keys = 0;
const keyOf = new WeakMap<object, number>();

/** The same element for the same entry, whatever becomes of it. */
function entryKey(entry: Entry): unknown {
  if (entry.kind === "own") return entry.message.id;
  const known = keyOf.get(entry);
  if (known !== undefined) return known;
  keys += 1;
  keyOf.set(entry, keys);
  return keys;
}

if (customElements.get("stadtlotse-panel") === undefined) customElements.define("stadtlotse-panel", StadtlotsePanel);

/** Makes a panel that is ready to be put into a page, in the language that was chosen here before, else that of the page. Throws where the server's settings cannot be had. */
export async function openPanel(place: PanelPlace): Promise<StadtlotsePanel> {
  const panel = new StadtlotsePanel();
  const settings = await fetchSettings(place.base, panel.prepare(place) ?? place.lang);
  addFonts(place.base);
  panel.apply(settings);
  return panel;
}
