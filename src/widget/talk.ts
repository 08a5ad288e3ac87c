import type { ShownReply } from "./activities.ts";
import type { ChatView } from "./chat.ts";
import type { Outgoing } from "./direct-line.ts";
import type { Interim } from "./live.ts";

/** One entry of the log. */
export type Entry =
  | { readonly kind: "own"; readonly message: Outgoing; readonly failed: boolean }
  | { readonly kind: "reply"; readonly reply: ShownReply }
  | { readonly kind: "note"; readonly text: string };

/** What the panel shows of a talk. */
export interface Talk extends ChatView {
  readonly entries: readonly Entry[];
  readonly interim: Interim | undefined;
  readonly isWaiting: boolean;
  readonly isOffline: boolean;
  /** True while a person of the city writes in place of the programme. */
  readonly isHuman: boolean;
  /** The answer whose buttons are shown: the last one, until something is written after it. */
  readonly open: ShownReply | undefined;
  note(text: string): void;
}

export interface TalkEvents {
  /** Something is to be shown anew; `news` is the entry that came last, if one came. */
  readonly changed: (news?: Entry) => void;
  readonly announced: (replies: readonly ShownReply[]) => void;
  readonly failed: () => void;
  readonly ended: () => void;
}

/** Holds a talk as it is shown. */
export function createTalk({ changed, announced, failed: toldOfFailure, ended }: TalkEvents): Talk {
  let entries: readonly Entry[] = [];
  let interim: Interim | undefined;
  let isWaiting = false;
  let isOffline = false;
  let isHuman = false;
  const add = (entry: Entry): void => {
    entries = [...entries, entry];
    changed(entry);
  };
  return {
    get entries() {
      return entries;
    },
    get interim() {
      return interim;
    },
    get isWaiting() {
      return isWaiting;
    },
    get isOffline() {
      return isOffline;
    },
    get isHuman() {
      return isHuman;
    },
    get open() {
      const last = entries.at(-1);
      return last?.kind === "reply" ? last.reply : undefined;
    },
    showOwn: (message) => add({ kind: "own", message, failed: false }),
    setFailed: (id, failed) => {
      entries = entries.map((entry) => (entry.kind === "own" && entry.message.id === id ? { ...entry, failed } : entry));
      changed();
      if (failed) toldOfFailure();
    },
    showReply: (reply) => {
      interim = undefined;
      add({ kind: "reply", reply });
    },
    note: (text) => add({ kind: "note", text }),
    showInterim: (under) => {
      interim = under;
      changed();
    },
    setWaiting: (waiting) => {
      if (!waiting) interim = undefined;
      isWaiting = waiting;
      changed();
    },
    setOffline: (offline) => {
      if (isOffline === offline) return;
      isOffline = offline;
      changed();
    },
    setHuman: (human) => {
      if (isHuman === human) return;
      isHuman = human;
      changed();
    },
    ended,
    announce: announced,
  };
}
