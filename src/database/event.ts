import { AsyncLocalStorage } from "node:async_hooks";

const events = new AsyncLocalStorage<object>();

/** What is handled at this moment, on a platform where connections belong to an event; undefined where there are no events. */
export function currentEvent(): object | undefined {
  return events.getStore();
}

/** Does work as a part of an event, which `currentEvent` names until it ends. */
export function duringEvent<Result>(event: object, work: () => Promise<Result>): Promise<Result> {
  return events.run(event, work);
}
