import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ShownButton, ShownReply } from "./activities.ts";
import { createAnnouncer, type SpokenLine } from "./announcer.ts";
import { type Chat, createChat } from "./chat.ts";
import { createDictating } from "./dictating.ts";
import { createDirectLineClient, type Outgoing } from "./direct-line.ts";
import { addFonts } from "./fonts.ts";
import { onThreeShifts } from "./leave.ts";
import { createLive } from "./live.ts";
import { clearAll, createMemory, type Memory, memoryKey } from "./memory.ts";
import { panelStyle } from "./panel-style.ts";
import { findPlace } from "./place.ts";
import { type EntryActions, renderAnswer, renderNote, renderOwn, renderWelcome } from "./render-entry.ts";
import { renderHeader } from "./render-header.ts";
import { plainText, renderInterim, spokenText } from "./render-reply.ts";
import { fetchSettings, type Settings } from "./settings.ts";
import { canDictate, createReader } from "./speech.ts";
import { createTalk, type Entry, type Talk } from "./talk.ts";
import { applyTheme } from "./theme.ts";
import { saveTranscript } from "./transcript.ts";

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

/** Told to all chats of a page when somebody leaves it quickly. */
const leaving = "stadtlotse-leaving";

/** A short wait is not worth an announcement. */
const announceWaitingAfterMs = 2_000;
const scrollMarginPx = 16;
/** Settings that are older are asked for again when the chat is seen again. */
const refreshAfterMs = 5 * 60_000;

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
  #waitingTimer: ReturnType<typeof setTimeout> | undefined;
  #hadFocusInActions = false;
  /** How the last button was pressed: by pointer nothing is focused that opens a keyboard over the answer. */
  #byKeyboard = true;
  #isLeft = false;
  #languageChoices = 0;
  /** When the settings were fetched, in milliseconds since 1970. */
  #fetchedAt = Date.now();
  readonly #announcer = createAnnouncer(() => this.renderRoot.querySelector("#chat-announcer"));
  readonly #dictating = createDictating(() => this.#set.lang, {
    changed: () => this.requestUpdate(),
    asked: () => void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".dictation")?.focus()),
    heard: (said) => this.#heard(said),
  });
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
        if (isShown()) this.#say({ text: this.#set.strings.failed });
      },
      ended: () => {
        if (isShown()) this.#tell(this.#set.strings.ended);
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
      if (document.hidden) return;
      void this.#chat?.look();
      void this.#refresh();
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
    this.#dictating.stop();
  }

  /** The chat is seen again. */
  focusInput(): void {
    void this.#refresh();
    void this.updateComplete.then(() => {
      this.#input?.focus();
      // What came while nobody saw it.
      this.#say();
    });
  }

  /** Saves the talk as a text file. */
  downloadTranscript(): void {
    saveTranscript(this.#talk.entries, this.#set.strings);
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

  #say(...lines: readonly SpokenLine[]): void {
    this.#announcer.say(lines);
  }

  /** Writes a line of the chat itself into the log, and has it said. */
  #tell(text: string): void {
    this.#talk.note(text);
    this.#say({ text });
  }

  #announce(replies: readonly ShownReply[]): void {
    this.#say({ text: this.#set.strings.answerReady }, ...replies.map((reply) => ({ text: spokenText(reply), lang: reply.lang })));
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
    this.#tell(this.#set.strings.noPlace);
  }

  /** Whether people of the city are there changes over a day. Where the server cannot be asked, the old word stays: sending says what is wrong. */
  async #refresh(): Promise<void> {
    if (Date.now() - this.#fetchedAt < refreshAfterMs) return;
    this.#fetchedAt = Date.now();
    const { lang } = this.#set;
    const fresh = await fetchSettings(this.#at.base, lang).catch(() => undefined);
    if (fresh === undefined || this.#set.lang !== lang) return;
    this.#settings = fresh;
    this.requestUpdate();
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

  #heard(said: string | undefined): void {
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
      this.#tell(this.#set.strings.loadFailed);
      this.#at.host.dispatchEvent(new CustomEvent("error", { detail: error }));
      return;
    }
    this.#memory?.save({ lang });
    this.pause();
    this.#chat?.stop();
    this.#begin();
    this.focusInput();
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
      this.#waitingTimer ??= setTimeout(() => this.#say({ text: this.#set.strings.waiting }), announceWaitingAfterMs);
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

  #renderHeader(): TemplateResult {
    return renderHeader({
      settings: this.#set,
      isHuman: this.#talk.isHuman,
      mayDictate: this.#at.host.hasAttribute("dictation") && canDictate(),
      close: this.#at.isDialog ? () => this.#at.close() : undefined,
      exit: () => this.#leave(),
      choose: {
        language: (lang) => void this.#chooseLanguage(lang),
        command: ({ label, text }) => void this.#send({ id: newId(), label, text }),
        dictation: () => this.#dictating.toggle(),
        transcript: () => this.downloadTranscript(),
        restart: () => this.reset(),
      },
      chosen: (work) => {
        this.focusInput();
        void this.updateComplete.then(work);
      },
    });
  }

  /** By pointer nothing is focused, so that no keyboard opens over the answer. */
  #focusByKeyboard(event: MouseEvent): void {
    if (event.detail === 0) this.#input?.focus();
  }

  readonly #actions: EntryActions = {
    ask: (question, event) => {
      this.#focusByKeyboard(event);
      void this.#send({ id: newId(), label: question });
    },
    press: (button, event) => {
      this.#focusByKeyboard(event);
      void this.#press(button);
    },
    sendAgain: ({ message }, event) => {
      void this.#chat?.send(message);
      this.#focusByKeyboard(event);
    },
    readAloud: (reply) => this.#read(reply),
  };

  #renderEntry(entry: Entry, number: number): TemplateResult {
    if (entry.kind === "note") return renderNote(entry.text);
    if (entry.kind === "own") return renderOwn(entry, this.#set, this.#actions);
    const { reply } = entry;
    const state = {
      ...{ number, isOpen: this.#talk.open === reply },
      ...{ canRead: this.#reader.canRead(reply.lang), isRead: this.#reading === reply },
    };
    return renderAnswer(reply, state, this.#set, this.#actions);
  }

  /** Before any other listener of a click: after the first one the panel may be drawn anew already. A click without a pointer comes from the keyboard. */
  readonly #clicked = {
    handleEvent: (event: MouseEvent) => {
      this.#byKeyboard = event.detail === 0;
    },
    capture: true,
  };

  override render(): TemplateResult {
    const { strings, lang } = this.#set;
    const { entries, interim, isWaiting, isOffline } = this.#talk;
    const isFresh = entries.every(({ kind }) => kind === "note");
    return html`<div class="panel" part="panel" lang=${lang} dir=${lang === "ar" ? "rtl" : "ltr"} @click=${this.#clicked}>
      ${this.#renderHeader()}
      <section id="chat-region" part="log" aria-label=${strings.logLabel} tabindex="0">
        <ol id="chat-log" class="column">
          ${renderWelcome(this.#set, isFresh, this.#actions)} ${repeat(entries, entryKey, (entry, index) => this.#renderEntry(entry, index))}
          ${interim === undefined ? nothing : renderInterim(interim, strings)}
        </ol>
        <p id="chat-waiting" class="column" ?hidden=${!isWaiting}>${strings.waiting}</p>
      </section>
      <div role="status" class="state">${isOffline ? html`<p class="offline">${strings.offline}</p>` : nothing}</div>
      ${this.#dictating.render(strings)}
      <form id="chat-form" autocomplete="off" @submit=${this.#submit} @click=${(event: MouseEvent) => {
        if (event.target instanceof HTMLButtonElement) this.#focusByKeyboard(event);
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
