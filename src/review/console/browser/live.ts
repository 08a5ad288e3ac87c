const settleMs = 300;

/** True while somebody works in a region: what they typed must not go. */
function isInUse(region: Element): boolean {
  return region.contains(document.activeElement) && document.activeElement?.matches("input, textarea, select") === true;
}

/**
 * Hears from the server that something has changed, and has the regions that show it fetched anew: elements with
 * `data-live="<topic> …"` and hx-trigger="live". Says once that the list is new; focus stays where it is.
 */
export function startLive(refresh: (region: Element) => void): void {
  const { events: address, updated = "" } = document.body.dataset;
  if (address === undefined || document.querySelector("[data-live]") === null) return;
  const waiting = new Set<string>();
  let planned = false;

  function plan(afterMs: number): void {
    if (!planned) setTimeout(refreshAll, afterMs);
    planned = true;
  }

  function refreshAll(): void {
    planned = false;
    const regions = [...document.querySelectorAll<HTMLElement>("[data-live]")].filter((region) =>
      (region.dataset["live"] ?? "").split(" ").some((topic) => waiting.has(topic)),
    );
    const free = regions.filter((region) => !isInUse(region));
    if (free.length === regions.length) waiting.clear();
    else plan(settleMs * 10);
    free.forEach(refresh);
    const announcer = document.querySelector("#announcer");
    if (free.length > 0 && announcer !== null) announcer.textContent = updated;
  }

  // Requests that a page makes by itself do not keep a session alive.
  document.body.addEventListener("htmx:configRequest", (event) => {
    const { detail } = event as CustomEvent<{ triggeringEvent?: Event; headers: Record<string, string> }>;
    if (detail.triggeringEvent?.type === "live") detail.headers["X-Quiet"] = "1";
  });
  const source = new EventSource(address);
  source.addEventListener("changed", ({ data }: MessageEvent<string>) => {
    waiting.add(data);
    plan(settleMs);
  });
  source.addEventListener("over", () => source.close());
}
