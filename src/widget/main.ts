import { createChat } from "./chat.ts";
import { createDirectLineClient, type Place } from "./direct-line.ts";
import { closeLikeMenu } from "./language-menu.ts";
import { createLive, type LiveEvents } from "./live.ts";
import { createMemory } from "./memory.ts";
import { readPageData } from "./page-data.ts";
import { createView } from "./view.ts";

function part<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no #${id}.`);
}

/** Not crypto.randomUUID: browsers keep that from pages without TLS. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const placeWithinMs = 10_000;
/** A hundredth of a degree is about a kilometre: nothing closer leaves this device. */
const roundPlace = (degrees: number) => Math.round(degrees * 100) / 100;

/** Asks the browser, which asks the person. */
function findPlace(): Promise<Place | undefined> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) return resolve(undefined);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: roundPlace(coords.latitude), longitude: roundPlace(coords.longitude) }),
      () => resolve(undefined),
      { timeout: placeWithinMs, maximumAge: 60_000 },
    );
  });
}

const { lang, endpoint, live, strings } = readPageData(part("chat-data", HTMLScriptElement).textContent ?? "");
const form = part("chat-form", HTMLFormElement);
const input = part("chat-input", HTMLTextAreaElement);
const memory = createMemory(() => sessionStorage);
const client = createDirectLineClient({ endpoint, lang, fetch: (url, init) => fetch(url, init), now: Date.now });
const log = part("chat-log", HTMLOListElement);
const parts = { log, waiting: part("chat-waiting", HTMLParagraphElement), announcer: part("chat-announcer", HTMLDivElement), input };
const view = createView(parts, strings, { send: (message) => void chat.send(message), newId, findPlace });
const openLive = live ? (events: LiveEvents) => createLive({ client, open: (url) => new WebSocket(url) }, events) : undefined;
const chat = createChat({ client, memory, view, now: Date.now, isHidden: () => document.hidden, openLive });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const label = input.value.trim();
  if (label === "") return input.focus();
  input.value = "";
  memory.save({ draft: "" });
  void chat.send({ id: newId(), label });
});

form.addEventListener("click", (event) => {
  // A click without a pointer comes from the keyboard.
  if (event.target instanceof HTMLButtonElement && event.detail === 0) input.focus();
});

input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

input.addEventListener("input", () => memory.save({ draft: input.value }));

log.addEventListener("click", (event) => {
  const question = event.target instanceof HTMLButtonElement ? event.target.dataset["question"] : undefined;
  if (question === undefined) return;
  if (event.detail === 0) input.focus();
  void chat.send({ id: newId(), label: question });
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void chat.look();
});

closeLikeMenu(document.querySelectorAll<HTMLDetailsElement>("details.languages"));
input.value = memory.load().draft;
void chat.resume();
