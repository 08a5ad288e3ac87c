/** What the button says, by language; put in by the build from src/words. */
declare const buttonLabels: Readonly<Record<string, string>>;
/** What it says while the panel is loaded, by language; put in by the build. */
declare const loadingLabels: Readonly<Record<string, string>>;
/** What is said where the panel cannot be loaded, by language; put in by the build. */
declare const failureLabels: Readonly<Record<string, string>>;

/** The panel's side of the bargain; `panel.ts` keeps it. */
interface Panel extends HTMLElement {
  /** The chat is not seen any more: no reading aloud, no listening. */
  pause(): void;
  send(text: string): Promise<void>;
  reset(): void;
  downloadTranscript(): void;
  focusInput(): void;
  readonly label: string;
}

type PanelModule = {
  readonly openPanel: (place: {
    host: HTMLElement;
    root: ShadowRoot;
    base: string;
    lang: string;
    number: number;
    isDialog: boolean;
    close: () => void;
  }) => Promise<Panel>;
};

/** Numbers that elements of this page have; one that is free again is given anew, so that a talk is found after a page was built anew. */
const numbers = new Set<number>();

function takeNumber(): number {
  let number = 1;
  while (numbers.has(number)) number += 1;
  numbers.add(number);
  return number;
}

const base = new URL(".", import.meta.url).href;

const style = `
:host{--color:var(--stadtlotse-color,#005a9f);--on-color:var(--stadtlotse-on-color,#fff)}
:host([hidden]){display:none!important}
button{position:fixed;inset-block-end:var(--stadtlotse-offset-block,1.25rem);inset-inline-end:var(--stadtlotse-offset-inline,1.25rem);z-index:var(--stadtlotse-z-index,2147483000);
min-height:max(3rem,48px);max-width:calc(100vw - 2.5rem);padding:.75rem 1.25rem;border:2px solid var(--on-color);border-radius:1.5rem;color:var(--on-color);background:var(--color);
font:600 max(1rem,16px)/1.25 var(--stadtlotse-font,"Open Sans",system-ui,sans-serif);cursor:pointer;box-shadow:0 .25rem 1rem rgb(0 0 0/30%)}
:host([position=left]) button{inset-inline:var(--stadtlotse-offset-inline,1.25rem) auto}
button:hover{text-decoration:underline}
button:focus-visible{outline:3px solid #002d4f;outline-offset:3px;box-shadow:0 0 0 3px #fff}
button[aria-busy]{opacity:.8;cursor:progress}
button[hidden]{display:none}
dialog{position:fixed;inset:auto;inset-block-end:var(--stadtlotse-offset-block,1.25rem);inset-inline-end:var(--stadtlotse-offset-inline,1.25rem);z-index:var(--stadtlotse-z-index,2147483000);
width:min(max(28rem,448px),100vw - 2.5rem);height:min(max(44rem,704px),100dvh - 2.5rem);max-width:none;max-height:none;margin:0;padding:0;border:1px solid #5b7a95;border-radius:.75rem;overflow:hidden;background:Canvas;box-shadow:0 .5rem 2rem rgb(0 0 0/35%)}
:host([position=left]) dialog{inset-inline:var(--stadtlotse-offset-inline,1.25rem) auto}
@media (max-width:40rem),(max-height:30rem){dialog{inset:0;width:100%;height:100dvh;border:0;border-radius:0}}
section{height:100%;min-height:20rem}
:host([mode=inline]){display:block;height:var(--stadtlotse-height,max(36rem,576px))}
:host([mode=full]){display:block;height:100%}
p{position:fixed;inset-block-end:5rem;inset-inline-end:1.25rem;margin:0;padding:.75rem 1rem;max-width:20rem;color:#002d4f;background:#fff;border:2px solid;font:max(1rem,16px)/1.5 system-ui,sans-serif}
:host([mode=inline]) p,:host([mode=full]) p{position:static}
@media (forced-colors:active){button{border-color:ButtonText}}
`;

const small = "(max-width:40rem),(max-height:30rem)";

/** The nearest language that the page says, if it is one of ours. */
function languageOf(host: HTMLElement): string {
  const said = [host.getAttribute("lang"), host.closest("[lang]")?.getAttribute("lang"), document.documentElement.lang, navigator.language];
  const known = said.map((lang) => lang?.toLowerCase().split("-")[0] ?? "");
  return known.find((lang) => Object.hasOwn(buttonLabels, lang)) ?? "de";
}

/** `<stadtlotse-chat>`: a button until somebody presses it; all else is loaded then. */
class StadtlotseChat extends HTMLElement {
  static observedAttributes = ["lang", "mode"];

  readonly #root = this.attachShadow({ mode: "open" });
  readonly #button = document.createElement("button");
  readonly #frames = new WeakMap<Panel, HTMLElement>();
  readonly #unsent: string[] = [];
  #failures = 0;
  #number = 0;
  #frame: HTMLElement | undefined;
  #panel: Promise<Panel> | undefined;

  connectedCallback(): void {
    if (this.#number === 0) this.#number = takeNumber();
    if (!this.#button.isConnected) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      this.#root.adoptedStyleSheets = [sheet];
      this.#button.type = "button";
      this.#button.part.add("button");
      this.#button.setAttribute("aria-haspopup", "dialog");
      this.#button.addEventListener("click", () => void this.open());
      this.#root.append(this.#button);
      if (this.hasAttribute("open") && this.#isButton) void this.#openFromStart();
    }
    this.#show();
    this.dispatchEvent(new CustomEvent("ready"));
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      // Who only moves it keeps its talk.
      if (this.isConnected) return;
      numbers.delete(this.#number);
      this.#number = 0;
    });
  }

  attributeChangedCallback(): void {
    // Before it is set up, connectedCallback sees to all of them.
    if (!this.#button.isConnected) return;
    const wasOpen = this.#forget();
    this.#show();
    if (wasOpen) void this.open();
  }

  /** Opens the chat; resolves when it can be written in, or was said not to load. */
  async open(): Promise<void> {
    const panel = await this.#load();
    if (panel === undefined) return;
    this.#open();
    panel.focusInput();
    this.#flush(panel);
  }

  /** Closes the panel and gives the focus back; the talk stays. */
  close(): void {
    if (!(this.#frame instanceof HTMLDialogElement) || !this.#frame.open) return;
    this.#frame.close();
  }

  /** Opens the chat and sends a message; where it cannot be loaded, the message goes with the next press. */
  async send(text: string): Promise<void> {
    this.#unsent.push(text);
    const panel = await this.#load();
    if (panel === undefined) return;
    if (this.#open()) panel.focusInput();
    this.#flush(panel);
  }

  /** Where writing goes on: the input if the chat is open, else the button. */
  override focus(options?: FocusOptions): void {
    if (!this.#button.hidden) this.#button.focus(options);
    else void this.#panel?.then((panel) => panel.focusInput());
  }

  /** Forgets the talk in this tab and begins anew. */
  reset(): void {
    void this.#panel?.then((panel) => panel.reset());
  }

  /** Saves the talk as a text file. */
  downloadTranscript(): void {
    void this.#panel?.then((panel) => panel.downloadTranscript());
  }

  /** Shows the panel where it is behind a button; false where it was seen already. */
  #open(isQuiet = false): boolean {
    if (!(this.#frame instanceof HTMLDialogElement) || this.#frame.open) return false;
    this.#button.hidden = true;
    // The methods move the focus; the property does not.
    if (isQuiet) this.#frame.open = true;
    else if (matchMedia(small).matches) this.#frame.showModal();
    else this.#frame.show();
    this.dispatchEvent(new CustomEvent("open"));
    return true;
  }

  get #isButton(): boolean {
    return !["inline", "full"].includes(this.getAttribute("mode") ?? "");
  }

  #show(): void {
    this.#button.textContent = buttonLabels[languageOf(this)] ?? "";
    this.#button.hidden = !this.#isButton || (this.#frame instanceof HTMLDialogElement && this.#frame.open);
    if (!this.#isButton) void this.#load();
  }

  /** As the page was written: the focus stays where it is. Not on a phone, where it would cover the page. */
  async #openFromStart(): Promise<void> {
    if (!matchMedia(small).matches && (await this.#load()) !== undefined) this.#open(true);
  }

  /** Says how loading goes: on the button, or where the panel will be. Empty texts end it. */
  #say(loading: string, failure: string): void {
    this.#root.querySelector("p")?.remove();
    this.#button.ariaBusy = loading === "" ? null : "true";
    this.#button.textContent = loading === "" ? (buttonLabels[languageOf(this)] ?? "") : loading;
    const text = this.#isButton ? failure : loading + failure;
    if (text === "") return;
    const said = document.createElement("p");
    said.role = failure === "" ? "status" : "alert";
    said.textContent = text;
    this.#root.append(said);
  }

  /** Takes the panel away, one that is being loaded too; true if it was open. */
  #forget(): boolean {
    const wasOpen = this.#frame instanceof HTMLDialogElement && this.#frame.open;
    this.#frame?.remove();
    this.#frame = undefined;
    this.#panel = undefined;
    return wasOpen;
  }

  #makeFrame(): HTMLElement {
    if (!this.#isButton) return document.createElement("section");
    const dialog = document.createElement("dialog");
    dialog.addEventListener("close", () => {
      this.#button.hidden = false;
      this.#button.focus();
      void this.#panel?.then((panel) => panel.pause());
      this.dispatchEvent(new CustomEvent("close"));
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    });
    return dialog;
  }

  async #mount(): Promise<Panel> {
    // Browsers remember that a module could not be had, so the next try asks for it under another name.
    const { openPanel } = (await import(`${base}panel.js${this.#failures === 0 ? "" : `?retry=${this.#failures}`}`)) as PanelModule;
    const frame = this.#makeFrame();
    const lang = languageOf(this);
    const isDialog = frame instanceof HTMLDialogElement;
    const panel = await openPanel({ host: this, root: this.#root, base, lang, number: this.#number, isDialog, close: () => this.close() });
    if (isDialog) frame.setAttribute("aria-label", panel.label);
    frame.append(panel);
    this.#frames.set(panel, frame);
    return panel;
  }

  /** Undefined where it cannot be loaded, which is said and told by an event, or where it is not wanted any more; the next press tries again. */
  async #load(): Promise<Panel | undefined> {
    if (this.#panel === undefined) this.#say(loadingLabels[languageOf(this)] ?? "", "");
    this.#panel ??= this.#mount();
    const wanted = this.#panel;
    try {
      const panel = await wanted;
      if (this.#panel !== wanted) return undefined;
      this.#place(panel);
      return panel;
    } catch (error) {
      if (this.#panel !== wanted) return undefined;
      this.#panel = undefined;
      this.#failures += 1;
      this.#say("", failureLabels[languageOf(this)] ?? "");
      this.dispatchEvent(new CustomEvent("error", { detail: error }));
      return undefined;
    }
  }

  /** Puts a panel that was loaded into the page. */
  #place(panel: Panel): void {
    const frame = this.#frames.get(panel);
    if (this.#frame !== frame && frame !== undefined) {
      this.#say("", "");
      this.#frame = frame;
      this.#root.append(frame);
    }
  }

  #flush(panel: Panel): void {
    for (const text of this.#unsent.splice(0)) void panel.send(text);
  }
}

if (customElements.get("stadtlotse-chat") === undefined) customElements.define("stadtlotse-chat", StadtlotseChat);
