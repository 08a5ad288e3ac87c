/** Keys with Alt, after Chatwoot, and the data-key of the link or button that each presses. */
const actions: Readonly<Record<string, string>> = { KeyE: "done", KeyL: "reply", KeyP: "note", KeyM: "snooze" };
const steps: Readonly<Record<string, 1 | -1>> = { KeyJ: 1, KeyK: -1 };

function entries(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-entry]")].filter((entry) => entry.checkVisibility());
}

function currentEntry(): HTMLElement | undefined {
  return entries().find((entry) => entry.getAttribute("aria-current") === "true" || entry.contains(document.activeElement));
}

/** Goes to the next or the previous entry, and focuses its first link or button. */
function step(by: 1 | -1): void {
  const all = entries();
  const here = currentEntry();
  const at = here === undefined ? (by === 1 ? -1 : all.length) : all.indexOf(here);
  const target = all[at + by];
  if (target === undefined) return;
  for (const entry of all) entry.removeAttribute("aria-current");
  target.setAttribute("aria-current", "true");
  const first = target.matches("a, button") ? target : target.querySelector<HTMLElement>("a, button, input, select, textarea");
  first?.focus();
}

/** Presses what carries the action: in the entry that one is at, else on the page. */
function press(action: string): boolean {
  const selector = `[data-key="${action}"]`;
  const target = currentEntry()?.querySelector<HTMLElement>(selector) ?? document.querySelector<HTMLElement>(selector);
  if (target === null) return false;
  if (target.matches("input:not([type=submit]), textarea, select")) target.focus();
  else target.click();
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function onKey(event: KeyboardEvent, openHelp: () => void): void {
  if (event.ctrlKey || event.metaKey || event.repeat || document.querySelector("dialog[open]") !== null) return;
  if (!event.altKey) {
    if (event.key !== "?" || isTyping(event.target)) return;
    event.preventDefault();
    openHelp();
    return;
  }
  const by = steps[event.code];
  const action = actions[event.code];
  if (by !== undefined) step(by);
  else if (action === undefined || !press(action)) return;
  event.preventDefault();
}

/** Listens for keys, unless the person has switched them off; shows the button that lists them. */
export function startKeys(): void {
  if (document.body.dataset["shortcuts"] !== "true") return;
  const dialog = document.querySelector<HTMLDialogElement>("#help");
  const button = document.querySelector<HTMLElement>("[data-help]");
  const openHelp = () => dialog?.showModal();
  if (button !== null) button.hidden = false;
  button?.addEventListener("click", openHelp);
  document.addEventListener("keydown", (event) => onKey(event, openHelp));
}
