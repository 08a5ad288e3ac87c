import { css } from "lit";

const dark = css`
  --page: #001a2e;
  --surface: #002d4f;
  --surface-own: #004376;
  --line: #2d5f86;
  --control-line: #8fb3d1;
  --text: #dce8f2;
  --strong: #ffffff;
  --link: #9fd0f7;
  --button: #9fd0f7;
  --button-text: #001a2e;
  --error: #ffb3b5;
  --focus: #ffe400;
  --focus-halo: #001a2e;
  --demo: #4a4300;
  color-scheme: dark;
`;

/** Munich's look; a city's theme and the page around it set the properties that begin with --stadtlotse. Light and dark have at least 4.5:1. */
export const panelStyle = css`
  :host {
    --blue: var(--stadtlotse-color, #005a9f);
    --on-blue: var(--stadtlotse-on-color, #ffffff);
    --accent: var(--stadtlotse-accent, #ffe400);
    --page: #f2f6fa;
    --surface: #ffffff;
    --surface-own: #e5eef5;
    --line: #b7cbdc;
    --control-line: #5b7a95;
    --text: #3a5368;
    --strong: #002d4f;
    --link: var(--stadtlotse-color, #005a9f);
    --button: var(--stadtlotse-color, #005a9f);
    --button-text: var(--stadtlotse-on-color, #ffffff);
    --error: #984447;
    --focus: #002d4f;
    --focus-halo: #ffffff;
    --demo: #fff6b0;
    --radius: var(--stadtlotse-radius, 0.75em);
    display: block;
    height: 100%;
    color-scheme: light;
  }

  .panel {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto auto auto;
    height: 100%;
    overflow: hidden;
    color: var(--text);
    background: var(--page);
    /* Pages that make their root small must not make this unreadable. */
    font: 400 max(1rem, 16px) / 1.5 var(--stadtlotse-font, "Stadtlotse Sans", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);
    text-align: start;
    container-type: inline-size;
  }

  @media (prefers-color-scheme: dark) {
    :host(:not([theme="light"])) {
      ${dark}
    }
  }

  :host([theme="dark"]) {
    ${dark}
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h2,
  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }

  ul,
  ol {
    list-style: none;
  }

  p {
    overflow-wrap: anywhere;
  }

  /* What somebody wrote, with its lines; the others have the spaces of their templates. */
  p[dir] {
    white-space: pre-line;
  }

  h2 {
    color: var(--strong);
    font-family: var(--stadtlotse-heading-font, "Stadtlotse Condensed", "Arial Narrow", system-ui, sans-serif);
    font-size: 1.125em;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }

  a {
    color: var(--link);
    text-underline-offset: 0.2em;
  }

  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--focus-halo);
    border-radius: 0.25em;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .column {
    width: 100%;
    max-width: 46em;
    margin-inline: auto;
    padding-inline: 1em;
  }

  header {
    position: relative;
    z-index: 2;
    padding-block: 0.5em;
    color: var(--on-blue);
    background: var(--blue);
    border-block-end: 4px solid var(--accent);
    --focus: #ffffff;
    --focus-halo: #002d4f;
  }

  .bar,
  .notice {
    width: 100%;
    max-width: 46em;
    margin-inline: auto;
    padding-inline: 1em;
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25em 0.5em;
  }

  .title {
    color: inherit;
    font-size: 1.25em;
  }

  .notice {
    padding-block-start: 0.25em;
    font-size: 0.9375em;
  }

  .demo {
    margin-block: 0.5em -0.5em;
    padding: 0.375em 1em;
    color: var(--text);
    background: var(--demo);
    font-size: 0.9375em;
  }

  .tools {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin-inline-start: auto;
  }

  .exit,
  .close,
  summary {
    display: flex;
    align-items: center;
    min-height: 2.25em;
    padding-inline: 0.75em;
    border: 1px solid currentcolor;
    border-radius: 999px;
    color: inherit;
    background: none;
    cursor: pointer;
    font: inherit;
    font-size: 0.9375em;
    list-style: none;
  }

  /* In its own, larger letters as high as the others. */
  .close {
    justify-content: center;
    width: 1.64em;
    min-height: 1.64em;
    padding: 0;
    font-size: 1.375em;
    line-height: 1;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary::after {
    width: 0.5em;
    height: 0.5em;
    margin-inline-start: 0.5em;
    border: solid currentcolor;
    border-width: 0 2px 2px 0;
    content: "";
    transform: translateY(-0.15em) rotate(45deg);
  }

  .menu[open] summary::after {
    transform: translateY(0.15em) rotate(225deg);
  }

  .choices {
    position: absolute;
    inset-block-start: calc(100% + 4px);
    inset-inline-end: 0.5em;
    display: grid;
    gap: 0.5em;
    width: min(20em, 100% - 1em);
    max-height: min(26em, 60dvh);
    overflow-y: auto;
    padding: 0.75em;
    color: var(--text);
    background: var(--surface);
    border: 1px solid var(--control-line);
    border-radius: var(--radius);
    box-shadow: 0 0.5em 1.5em rgb(0 0 0 / 25%);
    --focus: var(--strong);
    --focus-halo: var(--surface);
  }

  .languages {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375em;
  }

  .language {
    min-height: 2.25em;
    padding-inline: 0.625em;
    border: 1px solid var(--control-line);
    border-radius: 0.5em;
    color: var(--link);
    background: none;
    cursor: pointer;
    font: inherit;
  }

  .language[aria-pressed="true"] {
    color: var(--button-text);
    background: var(--button);
  }

  .choice {
    display: block;
    width: 100%;
    min-height: 2.5em;
    padding: 0.5em 0.25em;
    border: 0;
    color: var(--link);
    background: none;
    cursor: pointer;
    font: inherit;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .hint {
    font-size: 0.875em;
  }

  #chat-region {
    position: relative;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding-block: 1em;
  }

  #chat-region:focus-visible {
    outline-offset: -3px;
    box-shadow: none;
  }

  #chat-log {
    display: grid;
    gap: 1.25em;
  }

  .message {
    display: grid;
    gap: 0.25em;
    min-width: 0;
    justify-items: start;
  }

  .own {
    justify-items: end;
  }

  .who {
    font-size: 0.875em;
  }

  .bubble {
    display: grid;
    gap: 0.75em;
    min-width: 0;
    max-width: 100%;
    padding: 0.75em 1em;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    border-start-start-radius: 0;
  }

  .own .bubble {
    max-width: 85%;
    color: var(--strong);
    background: var(--surface-own);
    border-start-start-radius: var(--radius);
    border-start-end-radius: 0;
  }

  .offers {
    display: grid;
    gap: 0.75em;
  }

  .offer {
    display: grid;
    gap: 0.25em;
    padding-inline-start: 0.875em;
    border-inline-start: 4px solid var(--button);
  }

  .offer-link a {
    display: inline-block;
    padding-block: 0.25em;
    font-weight: 600;
  }

  .source {
    font-size: 0.875em;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-block-start: 0.5em;
  }

  .examples-label {
    margin-block-start: 0.75em;
    font-size: 0.9375em;
  }

  .action,
  .aloud,
  .send {
    min-height: 2.75em;
    padding: 0.5em 1em;
    border: 2px solid var(--button);
    border-radius: 1.375em;
    cursor: pointer;
    font: inherit;
    font-weight: 600;
    text-align: start;
    overflow-wrap: anywhere;
  }

  .action,
  .aloud {
    color: var(--link);
    background: var(--surface);
  }

  .aloud {
    min-height: 2em;
    padding-block: 0.125em;
    border-width: 1px;
    font-size: 0.875em;
    font-weight: 400;
  }

  .action:hover,
  .aloud:hover,
  .send:hover {
    text-decoration: underline;
  }

  .send {
    color: var(--button-text);
    background: var(--button);
  }

  .failure {
    display: grid;
    gap: 0.5em;
    justify-items: end;
    color: var(--error);
  }

  #chat-waiting {
    margin-block-start: 1.25em;
    font-style: italic;
  }

  .offline,
  .dictation {
    padding: 0.5em 1em;
    color: var(--strong);
    background: var(--demo);
  }

  .dictation {
    display: grid;
    gap: 0.5em;
    justify-items: start;
  }

  form {
    padding-block: 0.625em 0.875em;
    background: var(--surface);
    border-block-start: 1px solid var(--line);
  }

  form label {
    display: block;
    color: var(--strong);
    font-weight: 600;
  }

  .composer {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.5em;
    margin-block-start: 0.25em;
  }

  textarea {
    flex: 1 1 10em;
    min-width: 0;
    min-height: 2.75em;
    max-height: 8em;
    padding: 0.5em 0.75em;
    color: var(--strong);
    background: var(--surface);
    border: 2px solid var(--control-line);
    border-radius: 0.5em;
    font: inherit;
    resize: none;
    field-sizing: content;
  }

  @container (max-width: 22em) {
    .title {
      font-size: 1em;
    }

    .column,
    .bar,
    .notice {
      padding-inline: 0.75em;
    }

    .exit,
    summary {
      padding-inline: 0.5em;
    }
  }

  /* Low windows and high zoom: everything scrolls as one, so that nothing covers what is read. */
  @media (max-height: 30rem) {
    .panel {
      display: block;
      overflow-y: auto;
    }

    #chat-region {
      overflow: visible;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    #chat-waiting {
      animation: waiting 1.6s ease-in-out infinite;
    }

    @keyframes waiting {
      50% {
        opacity: 0.85;
      }
    }
  }

  @media (forced-colors: active) {
    .action,
    .aloud,
    .send,
    .bubble,
    .language,
    textarea {
      border-color: ButtonBorder;
    }

    .offer {
      border-inline-start-color: CanvasText;
    }

    :focus-visible {
      outline-color: Highlight;
    }
  }
`;
