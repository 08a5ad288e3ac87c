import { html, nothing, type TemplateResult } from "lit";
import type { Strings } from "./settings.ts";
import { type Dictation, dictate } from "./speech.ts";

/** Speaking in place of typing: off until somebody asks for it and agrees. */
export interface Dictating {
  /** Asks whether the person agrees, or takes the question away again. */
  toggle(): void;
  stop(): void;
  render(strings: Strings): TemplateResult | typeof nothing;
}

export interface DictatingEvents {
  readonly changed: () => void;
  /** Somebody is asked now whether they agree. */
  readonly asked: () => void;
  /** It is over; undefined where nothing was understood. */
  readonly heard: (words: string | undefined) => void;
}

/** `lang` gives the language that is spoken. */
export function createDictating(lang: () => string, { changed, asked, heard }: DictatingEvents): Dictating {
  let state: "off" | "asked" | "listening" = "off";
  let dictation: Dictation | undefined;

  const become = (next: typeof state): void => {
    state = next;
    changed();
  };

  function stop(): void {
    dictation?.end();
    become("off");
  }

  async function listen(): Promise<void> {
    const own = dictate(lang());
    dictation = own;
    become("listening");
    const said = await own.words;
    if (dictation !== own) return;
    become("off");
    heard(said);
  }

  return {
    toggle: () => {
      dictation?.end();
      become(state === "off" ? "asked" : "off");
      if (state === "asked") asked();
    },
    stop,
    render: (strings) => {
      if (state === "off") return nothing;
      if (state === "listening")
        return html`<div class="dictation">
          <p role="status">${strings.listening}</p>
          <button type="button" class="action" @click=${() => dictation?.end()}>${strings.close}</button>
        </div>`;
      return html`<div class="dictation" role="group" tabindex="-1" aria-label=${strings.dictate}>
        <p>${strings.dictateNotice}</p>
        <button type="button" class="action" @click=${() => void listen()}>${strings.dictateStart}</button>
      </div>`;
    },
  };
}
