const presses = 3;
const withinMs = 3_000;

/** Calls `leave` when Shift is pressed three times in a row within three seconds, with no other key between; gives a function that ends it. */
export function onThreeShifts(target: EventTarget, leave: () => void): () => void {
  let times: readonly number[] = [];
  const hear = (event: Event): void => {
    if (!(event instanceof KeyboardEvent)) return;
    if (event.key !== "Shift") {
      times = [];
      return;
    }
    times = [...times, event.timeStamp].slice(-presses);
    if (times.length === presses && event.timeStamp - (times[0] ?? 0) <= withinMs) leave();
  };
  target.addEventListener("keyup", hear);
  return () => target.removeEventListener("keyup", hear);
}
