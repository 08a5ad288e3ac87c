import htmx from "htmx.org";

/** What a key does: the element with that `data-key` is pressed or, if words go there, gets the focus. */
const actions: Readonly<Record<string, string>> = { KeyE: "done", KeyL: "reply", KeyP: "note", KeyM: "later" };

function use(name: string): boolean {
  const element = document.querySelector<HTMLElement>(`[data-key="${name}"]`);
  if (element === null) return false;
  if (element.matches("textarea, input")) element.focus();
  else element.click();
  return true;
}

/** Moves the focus to the link of the next or previous entry of a list. */
function move(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  if (rows.length === 0) return false;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  row?.querySelector<HTMLElement>("a, button, input")?.focus();
  return row !== undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

function showKeys(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("#keys");
  if (dialog === null || dialog.open) return false;
  dialog.showModal();
  return true;
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey) return;
  const done = event.altKey
    ? event.code === "KeyJ"
      ? move(1)
      : event.code === "KeyK"
        ? move(-1)
        : use(actions[event.code] ?? "")
    : event.key === "?" && !isTyping(event.target) && showKeys();
  if (done) event.preventDefault();
}

/** Has regions of the page load anew when the server says that something changed. */
function listen(address: string): void {
  const events = new EventSource(address);
  events.addEventListener("changed", () => htmx.trigger(document.body, "console-changed"));
  window.addEventListener("pagehide", () => events.close());
}

document.addEventListener("keydown", onKey);
const address = document.body.dataset["events"];
if (address !== undefined) listen(address);
