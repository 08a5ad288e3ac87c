import type { Outgoing } from "./direct-line.ts";

/** Which messages the server has and has not answered, by the server's ids. Answers can come before the post returns. */
export interface Pending {
  posted(id: string, message: Outgoing): void;
  /** A message of before a reload; its words are the server's now. */
  echoed(id: string): void;
  answered(id: string): void;
  isAnswered(id: string): boolean;
  isEmpty(): boolean;
  /** Empties it; gives what this page posted itself. */
  takeAll(): readonly Outgoing[];
}

/** Messages are posted one after the other, and an answer also answers what was asked before it. */
export function createPending(): Pending {
  const open = new Map<string, Outgoing | undefined>();
  const done = new Set<string>();

  function settleUpTo(last: string): void {
    for (const id of [...open.keys()]) {
      open.delete(id);
      if (id === last) return;
    }
  }

  return {
    posted: (id, message) => {
      open.set(id, message);
      if (done.has(id)) settleUpTo(id);
    },
    echoed: (id) => {
      if (!done.has(id)) open.set(id, undefined);
    },
    answered: (id) => {
      done.add(id);
      if (open.has(id)) settleUpTo(id);
    },
    isAnswered: (id) => done.has(id),
    isEmpty: () => open.size === 0,
    takeAll: () => {
      const messages = [...open.values()].filter((message) => message !== undefined);
      open.clear();
      return messages;
    },
  };
}
